package dev.millrace.erp.payables;

import dev.millrace.engine.Documents;
import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.InvoiceMatch;
import dev.millrace.erp.MatchResult;
import dev.millrace.erp.MatchResult.Mode;
import dev.millrace.erp.MatchTolerances;
import dev.millrace.erp.MatchTolerances.Overrides;
import dev.millrace.erp.SupplierInvoice;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.payables.MatchFacts.Accepted;
import dev.millrace.erp.procurement.OrderedGoods;
import dev.millrace.erp.procurement.OrderedGoods.Ordered;
import dev.millrace.erp.procurement.SupplierRows;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Matches invoices on the database. Locks, in this order, the purchase order, its lines by their numbers, and the
 * invoice: so that receipts and other invoices of the order wait. Joins the caller's transaction.
 */
public final class InvoiceMatching {
    private final CompanyRows companies = new CompanyRows();
    private final SupplierRows suppliers = new SupplierRows();
    private final OrderedGoods orders = new OrderedGoods();
    private final InvoiceRows rows = new InvoiceRows();
    private final MatchRows matches = new MatchRows();
    private final RuleRows rules = new RuleRows();
    private final InvoiceReader reader = new InvoiceReader();

    /** An invoice and its order, which stay as they are until the transaction ends. */
    record Held(SupplierInvoice invoice, Optional<Ordered> order) {}

    /**
     * @param differences that somebody has to accept
     */
    record Compared(MatchResult result, MatchTolerances tolerances, List<Accepted> differences) {}

    /**
     * Matches an invoice that is not posted, and writes down what was found. Where that is another difference than
     * before, whoever was asked to accept it is asked again.
     *
     * @param step what is set for this match alone
     */
    public InvoiceMatch match(Tx tx, UUID id, Overrides step, Documents documents, Herald herald) {
        Optional<Held> found = hold(tx, id);
        if (found.isEmpty()) {
            return new InvoiceMatch.NotFound(id);
        }
        Held held = found.get();
        SupplierInvoice.Header header = held.invoice().header();
        if (!header.status().isOpen()) {
            return new InvoiceMatch.WrongState(held.invoice());
        }
        List<Accepted> before = last(tx, id).map(MatchRows.Last::differences).orElse(List.of());
        Compared compared = compare(tx, held, tolerances(tx, header.supplierId(), step));
        keep(tx, held, compared, herald.by());
        Optional<String> status = Optional.of(InvoiceRows.text(header.status()));
        herald.journal(
                tx,
                "supplier_invoice.matched",
                InvoiceEvents.TYPE,
                id,
                status,
                status,
                InvoiceRows.text(compared.result().outcome()) + ": "
                        + compared.result().summary());
        if (!before.equals(compared.differences())) {
            documents.changed(tx, InvoiceEvents.TYPE, id, herald.actor());
        }
        return new InvoiceMatch.Matched(compared.result());
    }

    /** Its order and then the invoice stay as they are until the transaction ends; false: it is not there. */
    public boolean lock(Tx tx, UUID id) {
        return hold(tx, id).isPresent();
    }

    Optional<Held> hold(Tx tx, UUID id) {
        // The order of an invoice never changes, so it may be read before anything is locked.
        return rows.header(tx, id).map(found -> {
            Optional<Ordered> order = found.purchaseOrderId().flatMap(orderId -> orders.hold(tx, orderId));
            rows.hold(tx, id);
            return new Held(reader.get(tx, id), order);
        });
    }

    /** What holds of a supplier's invoices: the step's setting, else the supplier's, else the company's, else the usual. */
    public MatchTolerances tolerances(Tx tx, UUID supplier, Overrides step) {
        return MatchTolerances.USUAL
                .with(rules.tolerances(tx, tx.tenant()))
                .with(rules.tolerances(tx, supplier))
                .with(step);
    }

    /** Sets a company's tolerances, or those for one supplier. */
    public void setTolerances(Tx tx, Optional<UUID> supplier, Overrides overrides, Herald herald) {
        UUID scope = supplier.orElse(tx.tenant());
        Overrides before = rules.tolerances(tx, scope);
        if (before.equals(overrides)) {
            return;
        }
        rules.setTolerances(tx, scope, overrides);
        herald.journal(
                tx,
                "policy.changed",
                supplier.isPresent() ? "supplier" : "company",
                scope,
                Optional.of(Json.write(Json.tree(before))),
                Optional.of(Json.write(Json.tree(overrides))),
                "tolerances of the match");
    }

    Compared compare(Tx tx, Held held, MatchTolerances tolerances) {
        MatchFacts facts = facts(tx, held);
        return new Compared(
                ThreeWayMatch.match(facts, tolerances), tolerances, ThreeWayMatch.acceptable(facts, tolerances));
    }

    Optional<MatchRows.Last> last(Tx tx, UUID invoice) {
        return matches.last(tx, invoice);
    }

    /** Writes the evidence of a match. */
    void keep(Tx tx, Held held, Compared compared, String by) {
        matches.insert(tx, held.invoice().id(), compared.result(), compared.tolerances(), compared.differences(), by);
    }

    private MatchFacts facts(Tx tx, Held held) {
        SupplierInvoice.Header header = held.invoice().header();
        Map<UUID, MatchFacts.OrderLine> ordered = held.order()
                .map(order -> lines(order, rows.billedEarlier(tx, header.id())))
                .orElse(Map.of());
        return new MatchFacts(
                new MatchFacts.Invoice(
                        header.supplierId(),
                        header.currency(),
                        header.rate(),
                        header.charges(),
                        header.roundOff(),
                        header.total(),
                        taxKind(tx, header),
                        held.invoice().lines().stream()
                                .map(line -> line(line, ordered))
                                .toList()),
                held.order().map(order -> new MatchFacts.Order(order.supplier(), order.currency(), order.status())),
                rows.duplicateNumber(tx, header.id()),
                rows.hasTwin(tx, header.id()),
                matches.accepted(tx, header.id()));
    }

    private static Map<UUID, MatchFacts.OrderLine> lines(Ordered order, Map<UUID, BigDecimal> billed) {
        var lines = new HashMap<UUID, MatchFacts.OrderLine>();
        for (OrderedGoods.Line line : order.lines()) {
            lines.put(
                    line.id(),
                    new MatchFacts.OrderLine(
                            line.id(),
                            line.itemCode(),
                            Mode.valueOf(line.matchMode().toUpperCase(Locale.ROOT)),
                            line.quantity(),
                            line.received(),
                            billed.getOrDefault(line.id(), BigDecimal.ZERO),
                            line.unitPrice(),
                            line.gstRate()));
        }
        return lines;
    }

    private static MatchFacts.Line line(SupplierInvoice.Line line, Map<UUID, MatchFacts.OrderLine> ordered) {
        return new MatchFacts.Line(
                line.lineNo(),
                line.poLineId().flatMap(id -> Optional.ofNullable(ordered.get(id))),
                line.quantity(),
                line.unitPrice(),
                line.taxable(),
                line.gstRate(),
                new Taxes(line.cgst(), line.sgst(), line.igst()));
    }

    /** Within a state the tax is owed in halves; everywhere else, and under any other regime, undivided. */
    private Taxes.Kind taxKind(Tx tx, SupplierInvoice.Header header) {
        Company company = companies.get(tx);
        boolean isWithinState = company.info().taxRegime().equals("IN_GST")
                && suppliers
                        .byId(tx, header.supplierId())
                        .orElseThrow()
                        .stateCode()
                        .equals(company.stateCode());
        return isWithinState ? Taxes.Kind.HALVES : Taxes.Kind.UNDIVIDED;
    }
}
