package dev.millrace.erp.gst;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Customer;
import dev.millrace.erp.InvoiceMade;
import dev.millrace.erp.SalesInvoice;
import dev.millrace.erp.SalesInvoice.EInvoice;
import dev.millrace.erp.SalesInvoice.EInvoiceStatus;
import dev.millrace.erp.SalesInvoice.Made;
import dev.millrace.erp.SalesInvoice.Status;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.NumberRows;
import dev.millrace.erp.core.TaxSeat;
import dev.millrace.erp.core.TaxSeatRows;
import dev.millrace.erp.gst.TaxedInvoice.Taxing;
import dev.millrace.erp.sales.CreditExposure;
import dev.millrace.erp.sales.CustomerRows;
import dev.millrace.erp.sales.InvoicedOrders;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a draft the tax invoice: number, place of supply, taxes, rounding, what goes to the portal, the journal. Locks the
 * invoice (the caller its order before), then the customer, then the series of numbers; joins the caller's transaction.
 */
final class InvoiceMaking {
    private static final String REGIME = "IN_GST";
    private static final String SERIES = "INV";

    private final InvoicePosting posting;
    private final CompanyRows companies = new CompanyRows();
    private final TaxSeatRows seats = new TaxSeatRows();
    private final CustomerRows customers = new CustomerRows();
    private final CreditExposure credit;
    private final InvoicedOrders orders = new InvoicedOrders();
    private final GstRuleRows laws = new GstRuleRows();
    private final NumberRows numbers = new NumberRows();
    private final InvoiceRows rows = new InvoiceRows();
    private final InvoiceWriteRows writes = new InvoiceWriteRows();

    InvoiceMaking(InvoicePosting posting, CreditExposure credit) {
        this.posting = posting;
        this.credit = credit;
    }

    /** @param date empty: today */
    record Wish(Optional<LocalDate> date, boolean roundTotal, boolean reverseCharge) {
        static final Wish USUAL = new Wish(Optional.empty(), true, false);
    }

    /**
     * One that has been made is left as it is: whoever makes it again finds it made.
     *
     * @throws dev.millrace.erp.PostingRefused the ledger refuses it: period_closed and the like
     */
    InvoiceMade make(Tx tx, UUID id, Wish wish, Herald herald) {
        Optional<SalesInvoice> held = rows.hold(tx, id);
        if (held.isEmpty()) {
            return new InvoiceMade.NotFound(id);
        }
        return switch (held.get().status()) {
            case POSTED, PART_PAID, PAID -> new InvoiceMade.Done(held.get(), false);
            case CANCELLED -> new InvoiceMade.Refused("wrong_state", "The invoice is cancelled: make another one");
            case DRAFT -> makeHeld(tx, held.get(), wish, herald);
        };
    }

    /**
     * Makes the invoice of a delivered order that the caller holds, and that has none.
     *
     * @param draft of all that was delivered; it is written only if the law allows it
     * @throws dev.millrace.erp.PostingRefused the ledger refuses it
     */
    InvoiceMade makeOfOrder(Tx tx, SalesInvoice draft, SalesOrder order, Wish wish, Herald herald) {
        return make(tx, draft, Optional.of(order), wish, herald);
    }

    private InvoiceMade makeHeld(Tx tx, SalesInvoice draft, Wish wish, Herald herald) {
        return make(tx, draft, Optional.empty(), wish, herald);
    }

    private InvoiceMade make(Tx tx, SalesInvoice draft, Optional<SalesOrder> order, Wish wish, Herald herald) {
        TaxSeat seat = seats.get(tx);
        if (!seat.taxRegime().equals(REGIME)) {
            return new InvoiceMade.Refused(
                    "forbidden", "Expected a company under India's GST but its tax regime is " + seat.taxRegime());
        }
        Customer customer = customers.byId(tx, draft.customerId()).orElseThrow();
        LocalDate today = companies.get(tx).today(tx.now());
        var terms = new InvoiceTerms(today, wish.date().orElse(today), wish.roundTotal(), wish.reverseCharge());
        return switch (TaxedInvoice.of(draft, seat, customer, laws.load(tx), terms)) {
            case Taxing.Refused refused -> new InvoiceMade.Refused(refused.code(), refused.message());
            case Taxing.Taxed taxed -> {
                order.ifPresent(of -> writes.insert(tx, draft, herald.by()));
                yield write(tx, draft, order, taxed.invoice(), seat, customer, terms, herald);
            }
        };
    }

    private InvoiceMade write(
            Tx tx,
            SalesInvoice draft,
            Optional<SalesOrder> order,
            TaxedInvoice taxed,
            TaxSeat seat,
            Customer customer,
            InvoiceTerms terms,
            Herald herald) {
        String number = number(tx, terms.date());
        SalesInvoice made = made(draft, taxed, customer, terms, number);
        Optional<ObjectNode> inv01 =
                Optional.of(taxed.eInvoice()).filter(Boolean::booleanValue).map(yes -> Inv01.of(made, seat, customer));
        // The order counted until now, and what it came to: the invoice takes its place.
        BigDecimal counted = order.map(of -> of.header().amountBase()).orElse(BigDecimal.ZERO);
        credit.add(tx, customer.id(), made.amounts().total().subtract(counted), number, herald);
        Optional<UUID> journal = posting.post(tx, made, herald);
        if (!writes.post(tx, made, inv01, journal)) {
            throw new IllegalStateException("sales invoice " + draft.id() + " changed while its row was locked");
        }
        order.ifPresent(of -> orders.invoiced(tx, of.id(), number, herald));
        SalesInvoice posted = rows.byId(tx, draft.id()).orElseThrow();
        herald.journal(
                tx,
                SalesInvoiceEvents.CREATED,
                SalesInvoiceEvents.INVOICE,
                draft.id(),
                Optional.of("draft"),
                Optional.of("posted"),
                number + " to " + customer.name());
        herald.publish(tx, SalesInvoiceEvents.CREATED, SalesInvoiceEvents.created(posted, customer));
        return new InvoiceMade.Done(posted, true);
    }

    /** {@code INV/26-27/00001}: at most 16 characters until the millionth of a year. */
    private String number(Tx tx, LocalDate date) {
        String year = Irn.financialYear(date);
        String number = "%s/%s/%05d".formatted(SERIES, year.substring(2), numbers.next(tx, SERIES, year));
        if (!DocumentNumber.isAllowed(number)) {
            throw new IllegalStateException("the series of invoice numbers is exhausted: " + number);
        }
        return number;
    }

    private static SalesInvoice made(
            SalesInvoice draft, TaxedInvoice taxed, Customer customer, InvoiceTerms terms, String number) {
        return new SalesInvoice(
                draft.id(),
                draft.customerId(),
                draft.salesOrderId(),
                draft.taxPaid(),
                draft.shipTo(),
                draft.currency(),
                Status.POSTED,
                Optional.of(new Made(
                        number,
                        terms.date(),
                        terms.date().plusDays(customer.creditDays()),
                        taxed.placeOfSupply(),
                        taxed.type().name(),
                        terms.reverseCharge(),
                        customer.name(),
                        customer.gstin(),
                        taxed.eWayBillRequired())),
                taxed.amounts(),
                new EInvoice(
                        taxed.eInvoice() ? EInvoiceStatus.PENDING : EInvoiceStatus.NOT_REQUIRED,
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty(),
                taxed.lines(),
                draft.createdAt());
    }
}
