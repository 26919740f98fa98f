package dev.millrace.erp.payables;

import dev.millrace.engine.Directory.EntityCard;
import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.MatchResult;
import dev.millrace.erp.SupplierInvoice;
import dev.millrace.erp.SupplierInvoice.Header;
import dev.millrace.erp.SupplierInvoice.Line;
import dev.millrace.erp.core.Document;
import dev.millrace.erp.payables.MatchFacts.Accepted;
import dev.millrace.language.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Suppliers' invoices, as approvers see them: with what the match found on each line. Material are, beside what the
 * supplier wrote, the differences that somebody has to accept; that goods come in meanwhile is none.
 */
public final class InvoiceDocument implements Document {
    /** Lines that a card shows. */
    private static final int SHOWN_MOST = 20;

    private final InvoiceReader reader = new InvoiceReader();
    private final MatchRows matches = new MatchRows();

    @Override
    public Optional<EntityCard> card(Tx tx, UUID id) {
        return reader.find(tx, id).map(invoice -> {
            Optional<MatchRows.Last> last = matches.last(tx, id);
            return new EntityCard(label(invoice.header()), shown(invoice, last), material(invoice, last));
        });
    }

    /** {@code SI/2026-27/00042 Godavari Logistics, INV-101}. */
    private static String label(Header header) {
        return header.internalNumber() + " " + header.supplierName() + ", " + header.invoiceNumber();
    }

    private static ObjectNode material(SupplierInvoice invoice, Optional<MatchRows.Last> last) {
        Header header = invoice.header();
        List<Accepted> differences = last.map(MatchRows.Last::differences).orElse(List.of());
        ObjectNode material = Json.object();
        material.put("supplier", header.supplierName());
        material.put("number", header.invoiceNumber());
        material.put("currency", header.currency());
        material.put("total", text(header.total()));
        material.put("charges", text(header.charges()));
        material.put("differences", differences(differences, Finding.WHOLE));
        ArrayNode lines = material.putArray("lines");
        for (Line line : invoice.lines()) {
            lines.addObject()
                    .put("line_no", line.lineNo())
                    .put("quantity", text(line.quantity()))
                    .put("unit_price", text(line.unitPrice()))
                    .put("tax", text(line.cgst().add(line.sgst()).add(line.igst())))
                    .put("differences", differences(differences, line.lineNo()));
        }
        return material;
    }

    /** {@code price_over 10}. */
    private static String differences(List<Accepted> differences, int lineNo) {
        return differences.stream()
                .filter(difference -> difference.lineNo() == lineNo)
                .map(difference ->
                        difference.code() + " " + text(difference.deviation().stripTrailingZeros()))
                .collect(Collectors.joining(", "));
    }

    private static ObjectNode shown(SupplierInvoice invoice, Optional<MatchRows.Last> last) {
        Header header = invoice.header();
        Map<Integer, MatchResult.Line> matched = last.map(match -> match.result().lines().stream()
                        .collect(Collectors.toMap(MatchResult.Line::lineNo, line -> line)))
                .orElse(Map.of());
        ObjectNode shown = Json.object();
        shown.put("entity_type", InvoiceEvents.TYPE);
        shown.put("number", header.invoiceNumber());
        shown.put("party", header.supplierName());
        ArrayNode lines = shown.putArray("lines");
        for (Line line : invoice.lines().stream().limit(SHOWN_MOST).toList()) {
            ObjectNode one = lines.addObject()
                    .put("line_no", line.lineNo())
                    .put("description", line.description())
                    .put("quantity", text(line.quantity()))
                    .put("unit_price", text(line.unitPrice()))
                    .put("gst_rate", text(line.gstRate()))
                    .put("amount", text(line.taxable()));
            Optional.ofNullable(matched.get(line.lineNo()))
                    .ifPresent(match -> one.put("ordered", text(match.ordered()))
                            .put("received", text(match.received()))
                            .put("previously_invoiced", text(match.previouslyInvoiced()))
                            .put("po_price", text(match.poPrice()))
                            .put("match", InvoiceRows.text(match.status()))
                            .put("codes", String.join(", ", match.codes())));
        }
        shown.put("total", text(header.total()));
        shown.put("currency", header.currency());
        shown.put("amount_base", text(header.amountBase()));
        facts(invoice, last, shown.putArray("facts"));
        return shown;
    }

    private static void facts(SupplierInvoice invoice, Optional<MatchRows.Last> last, ArrayNode facts) {
        Header header = invoice.header();
        if (invoice.lines().size() > SHOWN_MOST) {
            fact(facts, "Lines", invoice.lines().size() + ", of which the first " + SHOWN_MOST + " are shown");
        }
        fact(facts, "Order", header.poNumber().orElse("none"));
        fact(facts, "Due", header.dueDate().toString());
        last.ifPresent(match -> {
            fact(facts, "Match", match.result().summary());
            fact(
                    facts,
                    "Variance",
                    Money.written(match.result().totalVariance(), header.currency()) + ", "
                            + text(match.result().variancePercent()) + " %");
        });
    }

    private static void fact(ArrayNode facts, String label, String value) {
        facts.addObject().put("label", label).put("value", value);
    }

    private static String text(BigDecimal number) {
        return number.toPlainString();
    }

    /** What a supplier wrote is not changed here: it is rejected, and another one is sent. */
    @Override
    public Optional<ToChange> sentBack(Tx tx, UUID id, String comment) {
        return Optional.empty();
    }
}
