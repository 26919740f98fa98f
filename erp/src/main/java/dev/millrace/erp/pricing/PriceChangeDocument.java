package dev.millrace.erp.pricing;

import dev.millrace.engine.Directory.EntityCard;
import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.PriceChange;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Document;
import dev.millrace.language.Money;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes of prices, as approvers see them. Material are the item, both prices and the day. */
public final class PriceChangeDocument implements Document {
    private final PriceChangeRows rows = new PriceChangeRows();
    private final CompanyRows companies = new CompanyRows();

    @Override
    public Optional<EntityCard> card(Tx tx, UUID id) {
        String currency = companies.get(tx).info().currency();
        return rows.find(tx, id)
                .map(change -> new EntityCard(
                        change.itemCode() + " " + Money.price(change.oldPrice(), currency) + " to "
                                + Money.price(change.newPrice(), currency),
                        shown(change, currency),
                        material(change)));
    }

    private static ObjectNode material(PriceChange change) {
        return Json.object()
                .put("item", change.itemCode())
                .put("old_price", change.oldPrice().toPlainString())
                .put("new_price", change.newPrice().toPlainString())
                .put("effective_date", change.effectiveDate().toString());
    }

    private static ObjectNode shown(PriceChange change, String currency) {
        ObjectNode shown = Json.object();
        shown.put("entity_type", PriceChangeEvents.PRICE_CHANGE);
        shown.put("number", change.itemCode());
        shown.put("party", change.itemName());
        ArrayNode facts = shown.putArray("facts");
        fact(facts, "Price now", Money.price(change.oldPrice(), currency));
        fact(facts, "New price", Money.price(change.newPrice(), currency));
        fact(facts, "Change", change.changePercent().toPlainString() + " %");
        fact(
                facts,
                "Margin of the new price",
                change.marginPercent()
                        .map(margin -> margin.toPlainString() + " %")
                        .orElse("not known: nobody knows what it costs"));
        fact(facts, "From", change.effectiveDate().toString());
        change.reason().ifPresent(reason -> fact(facts, "Reason", reason));
        return shown;
    }

    private static void fact(ArrayNode facts, String label, String value) {
        facts.addObject().put("label", label).put("value", value);
    }

    /** What was asked for does not change: it is refused, and another price is asked for. */
    @Override
    public Optional<ToChange> sentBack(Tx tx, UUID id, String comment) {
        return Optional.empty();
    }
}
