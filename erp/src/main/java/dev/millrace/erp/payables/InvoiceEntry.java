package dev.millrace.erp.payables;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.Published;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.InvoiceIntake;
import dev.millrace.erp.NewSupplierInvoice;
import dev.millrace.erp.Supplier;
import dev.millrace.erp.SupplierInvoice;
import dev.millrace.erp.Trail;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.NumberRows;
import dev.millrace.erp.procurement.OrderedGoods;
import dev.millrace.erp.procurement.OrderedGoods.Ordered;
import dev.millrace.erp.procurement.SupplierRows;
import dev.millrace.language.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes invoices in. The order's row is locked first, so that the invoices of one order arrive one after the other, and
 * each match sees all that came before.
 */
public final class InvoiceEntry {
    private static final String SERIES = "SI";

    private final EventPublisher events;
    private final Trail trail;
    private final java.util.function.Supplier<UUID> ids;
    private final CompanyRows companies = new CompanyRows();
    private final SupplierRows suppliers = new SupplierRows();
    private final NumberRows numbers = new NumberRows();
    private final OrderedGoods orders = new OrderedGoods();
    private final InvoiceRows rows = new InvoiceRows();
    private final InvoiceWriteRows writes = new InvoiceWriteRows();
    private final RuleRows rules = new RuleRows();
    private final InvoiceReader reader = new InvoiceReader();

    public InvoiceEntry(EventPublisher events, Trail trail, java.util.function.Supplier<UUID> ids) {
        this.events = events;
        this.trail = trail;
        this.ids = ids;
    }

    public InvoiceIntake receive(Tx tx, NewSupplierInvoice invoice, Actor actor) {
        if (invoice.supplierId().isPresent() == invoice.supplierCode().isPresent()) {
            return refused("exactly_one_of", "supplier_code", "Expected either supplier_id or supplier_code");
        }
        Optional<Supplier> supplier = invoice.supplierCode()
                .map(code -> suppliers.byCode(tx, code))
                .orElseGet(() -> suppliers.byId(tx, invoice.supplierId().orElseThrow()));
        if (supplier.isEmpty()) {
            return refused(
                    "supplier_unknown", "supplier_code", "Expected a supplier of this company: have it entered first");
        }
        Company company = companies.get(tx);
        LocalDate today = company.today(tx.now());
        Optional<Ordered> order = invoice.purchaseOrder().flatMap(id -> orders.hold(tx, id));
        var check = new InvoiceCheck(company, today, invoice, order);
        Optional<CheckedInvoice> checked =
                check.check(supplier.get(), due(tx, company, supplier.get(), invoice.invoiceDate(), today));
        if (checked.isEmpty()) {
            return new InvoiceIntake.Refused(check.problems());
        }
        return write(tx, checked.get(), company, today, actor);
    }

    private static InvoiceIntake refused(String code, String path, String message) {
        return new InvoiceIntake.Refused(List.of(new InputProblem(code, path, message)));
    }

    private LocalDate due(Tx tx, Company company, Supplier supplier, LocalDate invoiceDate, LocalDate today) {
        boolean isProtected = company.info().country().equals("IN")
                && (supplier.msme().equals("micro") || supplier.msme().equals("small"));
        return DueDates.due(
                invoiceDate,
                today,
                supplier.paymentTermsDays(),
                isProtected ? rules.msme(tx, today) : Optional.empty());
    }

    private InvoiceIntake write(Tx tx, CheckedInvoice invoice, Company company, LocalDate today, Actor actor) {
        UUID id = ids.get();
        String year = company.fiscalYear(today);
        String number = "%s/%s/%05d".formatted(SERIES, year, numbers.next(tx, SERIES, year));
        Optional<UUID> first = insert(tx, id, number, invoice);
        writes.insertLines(tx, id, invoice.lines());
        SupplierInvoice received = reader.get(tx, id);
        trail.write(
                tx,
                actor,
                InvoiceEvents.RECEIVED,
                InvoiceEvents.TYPE,
                id,
                Optional.empty(),
                Optional.of("received"),
                invoice.number() + " of " + received.header().supplierName() + ", "
                        + Money.written(invoice.total(), invoice.currency())
                        + first.map(duplicate -> ", repeats an invoice that is there")
                                .orElse(""));
        Published published =
                events.publish(tx, NewEvent.of(InvoiceEvents.RECEIVED, InvoiceEvents.received(received), actor));
        return new InvoiceIntake.Received(received, published.executions());
    }

    /**
     * @return the invoice that has the number already
     */
    private Optional<UUID> insert(Tx tx, UUID id, String number, CheckedInvoice invoice) {
        Optional<UUID> first = Optional.empty();
        // The one with the number may be refused between the two looks; then the number is free after all.
        while (!writes.insert(tx, id, number, invoice, first)) {
            first = rows.living(tx, invoice.supplier(), invoice.normalised(), invoice.fiscalYear());
        }
        return first;
    }
}
