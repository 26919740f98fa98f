package dev.millrace.erp.receiving;

import dev.millrace.engine.Json;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.erp.GoodsReceipt;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The events of goods receipts and what queries see of them: their types and their payloads. */
public final class ReceiptEvents {
    public static final String POSTED = "goods_receipt.posted";
    public static final String REVERSED = "goods_receipt.reversed";

    private static final String MODULE = "inventory";

    public static final List<EventType> TYPES = List.of(
            new EventType(
                    POSTED, MODULE, "Goods or services were received against an order.", RecordShapes.of(Posted.class)),
            new EventType(REVERSED, MODULE, "A receipt was reversed.", RecordShapes.of(Reversed.class)));

    /** What a query of receipts sees of one. */
    public static final EntityType ENTITY = new EntityType("goods_receipt", MODULE, withStatus());

    private ReceiptEvents() {}

    private static Shape withStatus() {
        Field status = Field.required("status", new ValueType.Choice(List.of("posted", "reversed")), "What it is now");
        return new Shape(
                Stream.concat(RecordShapes.of(Posted.class).fields().stream(), Stream.of(status))
                        .toList(),
                List.of(),
                false);
    }

    /** What {@code goods_receipt.posted} tells. */
    public record Posted(
            @Describe("The receipt's id") UUID id,
            @Describe("The receipt's number") String grnNumber,
            @Describe("The order's id") UUID purchaseOrderId,
            @Describe("The order's number") String poNumber,
            @Describe("The supplier's id") UUID supplierId,
            @Describe("The supplier's name") String supplierName,

            @Describe("Where it went, if all of it went to one place")
            Optional<UUID> warehouseId,

            @Describe("What came") List<LineFacts> lines,
            @Describe("In all") BigDecimal rejectedQuantity,

            @Describe("Of what was accepted, at the order's prices")
            BigDecimal value,

            @Describe(value = "The order's currency", as = Describe.As.CURRENCY)
            String currency,

            @Describe("Nothing more is to come") boolean orderComplete,
            @Describe("The member's id, or the workflow") String receivedBy,
            @Describe("When it was posted") Instant postedAt) {
        public Posted {
            lines = List.copyOf(lines);
        }
    }

    /** What an event tells of a line. */
    public record LineFacts(
            @Describe("Of the order") int lineNo,
            @Describe("The order line's id") Optional<UUID> poLineId,
            @Describe("The item's id") UUID itemId,
            @Describe("The item's code") String itemCode,
            @Describe("What came") BigDecimal quantity,
            @Describe("What of it is kept") BigDecimal acceptedQuantity,
            @Describe("What of it is not") BigDecimal rejectedQuantity) {}

    /** What {@code goods_receipt.reversed} tells. */
    public record Reversed(
            @Describe("The receipt's id") UUID id,
            @Describe("The receipt's number") String grnNumber,
            @Describe("The order's id") UUID purchaseOrderId,
            @Describe("Why") String reason,
            @Describe("When") Instant reversedAt) {}

    static ObjectNode posted(GoodsReceipt receipt, boolean orderComplete) {
        return Json.tree(new Posted(
                receipt.id(),
                receipt.number(),
                receipt.order(),
                receipt.orderNumber(),
                receipt.supplier(),
                receipt.supplierName(),
                receipt.warehouse(),
                receipt.lines().stream().map(ReceiptEvents::facts).toList(),
                receipt.lines().stream().map(GoodsReceipt.Line::rejected).reduce(BigDecimal.ZERO, BigDecimal::add),
                receipt.value(),
                receipt.currency(),
                orderComplete,
                receipt.receivedBy(),
                receipt.postedAt()));
    }

    private static LineFacts facts(GoodsReceipt.Line line) {
        return new LineFacts(
                line.lineNo(),
                Optional.of(line.orderLine()),
                line.item(),
                line.itemCode(),
                line.quantity(),
                line.accepted(),
                line.rejected());
    }

    static ObjectNode reversed(GoodsReceipt receipt) {
        return Json.tree(new Reversed(
                receipt.id(),
                receipt.number(),
                receipt.order(),
                receipt.reverseReason().orElse(""),
                receipt.reversedAt().orElseThrow()));
    }
}
