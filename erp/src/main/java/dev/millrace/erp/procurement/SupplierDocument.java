package dev.millrace.erp.procurement;

import dev.millrace.engine.Directory.EntityCard;
import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Supplier;
import dev.millrace.erp.core.Document;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Suppliers, as approvers see them. Material are the name, the tax numbers, and the bank details by the moment at which they
 * changed: two accounts may end alike.
 */
public final class SupplierDocument implements Document {
    private final SupplierRows rows = new SupplierRows();

    @Override
    public Optional<EntityCard> card(Tx tx, UUID id) {
        return rows.byId(tx, id)
                .map(supplier ->
                        new EntityCard(supplier.code() + " " + supplier.name(), shown(supplier), material(supplier)));
    }

    private static ObjectNode material(Supplier supplier) {
        ObjectNode material = Json.object();
        material.put("name", supplier.name());
        material.put("gstin", supplier.gstin().orElse("none"));
        material.put("pan", supplier.pan().orElse("none"));
        material.put("account_ends_with", supplier.bank().last4().orElse("none"));
        material.put(
                "bank_changed_at",
                supplier.bank().changedAt().map(Instant::toString).orElse("never"));
        return material;
    }

    private static ObjectNode shown(Supplier supplier) {
        ObjectNode shown = Json.object();
        shown.put("entity_type", SupplierEvents.TYPE);
        shown.put("number", supplier.code());
        shown.put("party", supplier.name());
        shown.putArray("lines");
        ArrayNode facts = shown.putArray("facts");
        fact(facts, "State", SupplierRows.text(supplier.status()));
        fact(facts, "GSTIN", supplier.gstin().orElse("none"));
        fact(facts, "PAN", supplier.pan().orElse("none"));
        fact(facts, "MSME", supplier.msme());
        fact(
                facts,
                "Bank account",
                supplier.bank()
                        .last4()
                        .map(last4 ->
                                "ends with " + last4 + (supplier.bank().verified() ? ", verified" : ", not verified"))
                        .orElse("none"));
        supplier.expectedAnnualSpend()
                .map(BigDecimal::toPlainString)
                .ifPresent(spend -> fact(facts, "Expected spend in a year", spend));
        return shown;
    }

    private static void fact(ArrayNode facts, String label, String value) {
        facts.addObject().put("label", label).put("value", value);
    }

    /** It is not sent back: whoever asked for it changes it while it is looked at, and those who look are asked again. */
    @Override
    public Optional<ToChange> sentBack(Tx tx, UUID id, String comment) {
        return Optional.empty();
    }
}
