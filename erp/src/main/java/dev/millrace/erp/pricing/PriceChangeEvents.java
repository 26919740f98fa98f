package dev.millrace.erp.pricing;

import dev.millrace.engine.Json;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.erp.PriceChange;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The event of changes of prices and what queries see of them: their types and their payloads. */
public final class PriceChangeEvents {
    /** The entity's name. */
    public static final String PRICE_CHANGE = "price_change";

    public static final String REQUESTED = "price_change.requested";

    private static final String MODULE = "sales";

    public static final List<EventType> TYPES = List.of(
            new EventType(REQUESTED, MODULE, "A selling price change was proposed.", RecordShapes.of(Requested.class)));

    /** What a query of changes of prices sees of one. */
    public static final EntityType ENTITY = new EntityType(PRICE_CHANGE, MODULE, withStatus());

    private PriceChangeEvents() {}

    private static Shape withStatus() {
        Field status = Field.required(
                "status",
                new ValueType.Choice(Arrays.stream(PriceChange.Status.values())
                        .map(PriceChangeRows::text)
                        .toList()),
                "What it is now");
        return new Shape(
                Stream.concat(RecordShapes.of(Requested.class).fields().stream(), Stream.of(status))
                        .toList(),
                List.of(),
                false);
    }

    /** What the event of a request tells. Prices are without tax, in the company's currency. */
    public record Requested(
            @Describe("The change's id") UUID id,
            @Describe("The item's id") UUID itemId,
            @Describe("The item's code") String itemCode,
            @Describe("The item's name") String itemName,
            @Describe("What it is sold for; 0: it is not") BigDecimal oldPrice,
            @Describe("What it is to be sold for") BigDecimal newPrice,
            @Describe("Signed") BigDecimal changePercent,

            @Describe("Of the new price; none where nobody knows what the item costs")
            Optional<BigDecimal> marginPercentAfter,

            @Describe("From which day on") LocalDate effectiveDate,
            @Describe("The member's id") String requestedBy,
            @Describe("The member's e-mail") Optional<String> requestedByEmail) {}

    static ObjectNode requested(PriceChange change) {
        return Json.tree(new Requested(
                change.id(),
                change.item(),
                change.itemCode(),
                change.itemName(),
                change.oldPrice(),
                change.newPrice(),
                change.changePercent(),
                change.marginPercent(),
                change.effectiveDate(),
                change.requester().id().toString(),
                Optional.of(change.requester().email())));
    }
}
