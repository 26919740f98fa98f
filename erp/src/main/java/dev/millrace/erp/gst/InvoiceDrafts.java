package dev.millrace.erp.gst;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Customer;
import dev.millrace.erp.InvoiceDrafted;
import dev.millrace.erp.InvoiceMade;
import dev.millrace.erp.Item;
import dev.millrace.erp.NewSalesInvoice;
import dev.millrace.erp.SalesInvoice;
import dev.millrace.erp.SalesInvoice.Amounts;
import dev.millrace.erp.SalesInvoice.EInvoice;
import dev.millrace.erp.SalesInvoice.EInvoiceStatus;
import dev.millrace.erp.SalesInvoice.Status;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.inventory.ItemRows;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.pricing.SellingPrices;
import dev.millrace.erp.sales.CreditExposure;
import dev.millrace.erp.sales.CustomerRows;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Writes drafts of invoices and makes them. Joins the caller's transaction. */
public final class InvoiceDrafts {
    private final Supplier<UUID> ids;
    private final InvoiceMaking making;
    private final OrderInvoicing ofOrder;
    private final CompanyRows companies = new CompanyRows();
    private final CustomerRows customers = new CustomerRows();
    private final ItemRows items = new ItemRows();
    private final SellingPrices prices = new SellingPrices();
    private final InvoiceRows rows = new InvoiceRows();
    private final InvoiceWriteRows writes = new InvoiceWriteRows();

    public InvoiceDrafts(Supplier<UUID> ids, Ledger ledger, CreditExposure credit) {
        this.ids = ids;
        this.making = new InvoiceMaking(new InvoicePosting(ledger), credit);
        this.ofOrder = new OrderInvoicing(ids, making);
    }

    public InvoiceDrafted draft(Tx tx, NewSalesInvoice invoice, Herald herald) {
        prices.takeEffect(tx);
        Optional<Customer> customer = invoice.customerCode()
                .flatMap(code -> customers.byCode(tx, code))
                .or(() -> invoice.customerId().flatMap(id -> customers.byId(tx, id)));
        var check = new DraftCheck(invoice, customer, named(tx, invoice));
        List<SalesInvoice.Line> lines = check.lines();
        if (!check.problems().isEmpty()) {
            return new InvoiceDrafted.Refused(check.problems());
        }
        var draft = new SalesInvoice(
                ids.get(),
                customer.orElseThrow().id(),
                Optional.empty(),
                invoice.taxPaid(),
                invoice.shipTo(),
                companies.get(tx).info().currency(),
                Status.DRAFT,
                Optional.empty(),
                nothing(),
                new EInvoice(EInvoiceStatus.NOT_REQUIRED, Optional.empty(), Optional.empty()),
                Optional.empty(),
                lines,
                tx.now());
        writes.insert(tx, draft, herald.by());
        herald.journal(
                tx,
                "sales_invoice.drafted",
                SalesInvoiceEvents.INVOICE,
                draft.id(),
                Optional.empty(),
                Optional.of("draft"),
                "to " + customer.orElseThrow().name());
        return new InvoiceDrafted.Drafted(rows.byId(tx, draft.id()).orElseThrow());
    }

    private List<Item> named(Tx tx, NewSalesInvoice invoice) {
        return items.find(
                tx,
                invoice.lines().stream()
                        .flatMap(line -> line.itemId().stream())
                        .distinct()
                        .toList(),
                invoice.lines().stream()
                        .flatMap(line -> line.itemCode().stream())
                        .distinct()
                        .toList());
    }

    static Amounts nothing() {
        BigDecimal zero = TaxSplit.ZERO;
        return new Amounts(zero, zero, zero, zero, zero, zero, zero, zero);
    }

    /** @throws dev.millrace.erp.PostingRefused the ledger refuses it */
    public InvoiceMade make(Tx tx, UUID id, Herald herald) {
        return making.make(tx, id, InvoiceMaking.Wish.USUAL, herald);
    }

    /**
     * Makes the invoice of all that was delivered for an order.
     *
     * @throws dev.millrace.erp.PostingRefused the ledger refuses it
     */
    public InvoiceMade makeOfOrder(Tx tx, UUID order, Herald herald) {
        return ofOrder.make(tx, order, InvoiceMaking.Wish.USUAL, herald);
    }

    OrderInvoicing ofOrder() {
        return ofOrder;
    }

    public Optional<SalesInvoice> get(Tx tx, UUID id) {
        return rows.byId(tx, id);
    }

    public List<SalesInvoice> list(
            Tx tx, Optional<Status> status, Optional<UUID> customer, Optional<UUID> before, int limit) {
        return rows.page(tx, status, customer, before, limit);
    }

    InvoiceMaking making() {
        return making;
    }
}
