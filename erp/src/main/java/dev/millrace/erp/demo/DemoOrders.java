package dev.millrace.erp.demo;

import dev.millrace.engine.Json;
import dev.millrace.erp.NewOrder;
import dev.millrace.erp.core.Csv;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * 148 purchase orders of a real company with what became of them, in the order in which they were made: suppliers, times
 * and values are real, items and unit prices are not. Source and licence: {@code demo/NOTICE.md}.
 */
public final class DemoOrders {
    private DemoOrders() {}

    /**
     * One of them.
     *
     * @param number in the original
     * @param createdAt in 2018; the demo shifts it
     * @param steps what happened to it, in that order
     */
    public record DemoOrder(
            String number,
            String supplierCode,
            Instant createdAt,
            List<Line> lines,
            BigDecimal net,
            BigDecimal tax,
            BigDecimal total,
            List<DemoStep> steps) {
        public DemoOrder {
            lines = List.copyOf(lines);
            steps = List.copyOf(steps);
        }

        /** Whether nothing but payments comes after it. */
        public boolean isLast(DemoStep step) {
            return steps.subList(steps.indexOf(step) + 1, steps.size()).stream()
                    .allMatch(DemoStep.Paid.class::isInstance);
        }

        /** As it is sent in to {@code Orders}. */
        public NewOrder toNewOrder() {
            return NewOrder.of(
                    supplierCode,
                    lines.stream()
                            .map(l -> NewOrder.Line.of(l.itemCode(), l.quantity(), l.unitPrice(), l.gstRate()))
                            .toList());
        }
    }

    /**
     * @param gstRate percent
     */
    public record Line(String itemCode, BigDecimal quantity, BigDecimal unitPrice, BigDecimal gstRate) {}

    /** All of them. */
    public static List<DemoOrder> all() {
        return Csv.text("/demo/scenarios.jsonl")
                .lines()
                .filter(line -> !line.isBlank())
                .map(Json::read)
                .map(DemoOrders::order)
                .toList();
    }

    private static DemoOrder order(JsonNode node) {
        return new DemoOrder(
                node.get("po_number").asString(),
                node.get("supplier_code").asString(),
                Instant.parse(node.get("created_at").asString()),
                StreamSupport.stream(node.get("lines").spliterator(), false)
                        .map(DemoOrders::line)
                        .toList(),
                decimal(node, "net_amount"),
                decimal(node, "tax_amount"),
                decimal(node, "total_amount"),
                StreamSupport.stream(node.get("steps").spliterator(), false)
                        .flatMap(step -> DemoStep.read(step).stream())
                        .toList());
    }

    private static Line line(JsonNode node) {
        return new Line(
                node.get("item_code").asString(),
                decimal(node, "quantity"),
                decimal(node, "unit_price"),
                decimal(node, "gst_rate"));
    }

    static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(node.get(field).asString());
    }
}
