package dev.millrace.erp.payments;

import dev.millrace.engine.Directory.EntityCard;
import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.ExpenseClaim;
import dev.millrace.erp.core.Document;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Expense claims, as approvers see them. Material are the employee, the currency and its rate, and every line. */
public final class ClaimDocument implements Document {
    /** Lines that a card shows. */
    private static final int SHOWN_MOST = 20;

    private final ClaimRows rows = new ClaimRows();

    @Override
    public Optional<EntityCard> card(Tx tx, UUID id) {
        return rows.find(tx, id)
                .map(claim ->
                        new EntityCard(claim.number() + " " + claim.employee().name(), shown(claim), material(claim)));
    }

    private static ObjectNode material(ExpenseClaim claim) {
        ObjectNode material = Json.object();
        material.put("employee", claim.employee().id().toString());
        material.put("currency", claim.currency());
        material.put("rate", claim.rate().toPlainString());
        material.put("total", claim.amount().toPlainString());
        addLines(material.putArray("lines"), claim.lines());
        return material;
    }

    private static ObjectNode shown(ExpenseClaim claim) {
        ObjectNode shown = Json.object();
        shown.put("entity_type", PaymentEvents.CLAIM);
        shown.put("number", claim.number());
        shown.put("party", claim.employee().name());
        addLines(
                shown.putArray("lines"),
                claim.lines().stream().limit(SHOWN_MOST).toList());
        shown.put("total", claim.amount().toPlainString());
        shown.put("currency", claim.currency());
        ArrayNode facts = shown.putArray("facts");
        facts.addObject().put("label", "Category").put("value", claim.category());
        long without = claim.lines().stream().filter(line -> !line.hasReceipt()).count();
        facts.addObject()
                .put("label", "Receipts")
                .put(
                        "value",
                        without == 0
                                ? "all there"
                                : without + " of " + claim.lines().size() + " missing");
        return shown;
    }

    private static void addLines(ArrayNode shown, List<ExpenseClaim.Line> lines) {
        for (ExpenseClaim.Line line : lines) {
            shown.addObject()
                    .put("line_no", line.lineNo())
                    .put("date", line.date().toString())
                    .put("description", line.description())
                    .put("amount", line.amount().toPlainString())
                    .put("has_receipt", line.hasReceipt());
        }
    }

    /** What was submitted does not change: it is rejected, and another claim is submitted. */
    @Override
    public Optional<ToChange> sentBack(Tx tx, UUID id, String comment) {
        return Optional.empty();
    }
}
