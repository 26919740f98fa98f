package dev.millrace.erp.inventory;

import static java.math.RoundingMode.HALF_UP;

import dev.millrace.engine.Json;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.erp.Item;
import dev.millrace.erp.StockLevel;
import dev.millrace.erp.StockMovement;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The events of stock and what queries see of it: their types and their payloads, both of the same records. */
public final class StockEvents {
    public static final String BELOW = "stock.below_reorder_level";
    public static final String ADJUSTED = "stock.adjusted";

    static final String MODULE = "inventory";
    private static final int DECIMALS = 2;

    public static final List<EventType> TYPES = List.of(
            new EventType(
                    BELOW,
                    MODULE,
                    "Projected stock (on hand + on order - reserved) fell to or under the reorder level; raised once per fall.",
                    RecordShapes.of(Below.class)),
            new EventType(ADJUSTED, MODULE, "Stock was adjusted by hand or count.", RecordShapes.of(Adjusted.class)));

    /** What a query of stock sees of one item in one warehouse. */
    public static final EntityType STOCK = new EntityType("stock", MODULE, RecordShapes.of(StockRow.class));

    /** What a query of items sees of one. */
    public static final EntityType ITEM = new EntityType("item", MODULE, RecordShapes.of(ItemRow.class));

    private StockEvents() {}

    /** What {@code stock.below_reorder_level} tells. */
    public record Below(
            @Describe("The item's id") UUID itemId,
            @Describe("The item's code") String itemCode,
            @Describe("The item's name") String itemName,
            @Describe("The warehouse's id") UUID warehouseId,
            @Describe("The warehouse's name") String warehouseName,
            @Describe("What is there") BigDecimal quantityOnHand,
            @Describe("What approved orders will bring") BigDecimal quantityOnOrder,
            @Describe("What of it is promised") BigDecimal quantityReserved,

            @Describe("At this and below it the item is to be ordered")
            BigDecimal reorderLevel,

            @Describe("How much is to be ordered") BigDecimal reorderQuantity,
            @Describe("The item's unit") String unit,
            @Describe("Who is asked first") Optional<UUID> preferredSupplierId,
            @Describe("Its name") Optional<String> preferredSupplierName,

            @Describe("Of the quantity to be ordered, in the company's currency")
            BigDecimal estimatedCost,

            @Describe("Work stops without it") boolean isCritical,
            @Describe("When it fell") Instant occurredAt) {}

    /** What {@code stock.adjusted} tells. */
    public record Adjusted(
            @Describe("The movement's id") UUID movementId,
            @Describe("The item's id") UUID itemId,
            @Describe("The item's code") String itemCode,
            @Describe("The warehouse's id") UUID warehouseId,
            @Describe("Signed") BigDecimal quantity,
            @Describe("Signed, in the company's currency") BigDecimal value,
            @Describe("Why") String reason,
            @Describe("The member's id, or the workflow") String adjustedBy,
            @Describe("When") Instant occurredAt) {}

    /** An item in a warehouse, as a query sees it. */
    public record StockRow(
            @Describe("The item's id") UUID itemId,
            @Describe("The item's code") String itemCode,
            @Describe("The item's name") String itemName,
            @Describe("The warehouse's id") UUID warehouseId,
            @Describe("The warehouse's name") String warehouseName,
            @Describe("What is there") BigDecimal quantityOnHand,
            @Describe("What of it is promised") BigDecimal quantityReserved,
            @Describe("What approved orders will bring") BigDecimal quantityOnOrder,
            @Describe("Of one, in the company's currency") BigDecimal averageCost,

            @Describe("At this and below it the item is to be ordered")
            BigDecimal reorderLevel,

            @Describe("How much is to be ordered") BigDecimal reorderQuantity) {}

    /** An item, as a query sees it. */
    public record ItemRow(
            @Describe("The item's id") UUID id,
            @Describe("The item's code") String itemCode,
            @Describe("Its name") String name,
            @Describe("Code of the tariff") String hsnSac,
            @Describe("It is a service") boolean isService,
            @Describe("Its unit") String unit,
            @Describe("Percent") BigDecimal gstRate,
            @Describe("In the company's currency") BigDecimal standardCost,
            @Describe("Without tax; 0 for what is not sold") BigDecimal salesPrice,
            @Describe("Work stops without it") boolean isCritical,
            @Describe("Who is asked first") Optional<UUID> preferredSupplierId) {}

    static ObjectNode below(StockLevel level, Item item, Optional<String> supplierName, Instant when) {
        BigDecimal cost = level.averageCost().signum() > 0 ? level.averageCost() : item.standardCost();
        return Json.tree(new Below(
                item.id(),
                item.code(),
                item.name(),
                level.key().warehouse(),
                level.warehouseName(),
                level.onHand(),
                level.onOrder(),
                level.reserved(),
                level.reorderLevel(),
                level.reorderQty(),
                item.uqc(),
                item.preferredSupplier(),
                supplierName,
                level.reorderQty().multiply(cost).setScale(DECIMALS, HALF_UP),
                item.isCritical(),
                when));
    }

    static ObjectNode adjusted(StockMovement movement, Item item, String by) {
        return Json.tree(new Adjusted(
                movement.id(),
                item.id(),
                item.code(),
                movement.key().warehouse(),
                movement.quantity(),
                movement.value(),
                movement.reason().text(),
                by,
                movement.createdAt()));
    }
}
