package dev.millrace.server.demo;

import dev.millrace.engine.Json;
import dev.millrace.erp.demo.DemoOrders.DemoOrder;
import dev.millrace.server.demo.OrderBook.Raised;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Raise the orders, one after the other, in the order of the log. */
final class Buyers {
    private static final String ORDERS = "/purchase-orders";

    /** The Finance Head raises every twentieth order herself, from this one on: four of those are above the limit. */
    private static final int OWN_EVERY = 20;

    private static final int OWN_FROM = 8;

    /** How far back a lost order is looked for; nobody else raises any meanwhile. */
    private static final int LOOK_BACK = 20;

    private final List<Caller> buyers;
    private final Caller financeHead;
    private final OrderBook book;

    Buyers(List<Caller> buyers, Caller financeHead, OrderBook book) {
        this.buyers = List.copyOf(buyers);
        this.financeHead = financeHead;
        this.book = book;
    }

    /**
     * Raises one order, once: where the answer is lost it is looked for before it is sent again.
     *
     * @param place in the log, from 0
     */
    Raised raise(DemoOrder order, int place) {
        Caller buyer = place % OWN_EVERY == OWN_FROM ? financeHead : buyers.get(place % buyers.size());
        ObjectNode body = body(order);
        Optional<JsonNode> made = Optional.empty();
        while (made.isEmpty()) {
            made = buyer.postOnce(ORDERS, body)
                    .filter(answer -> !answer.isTryLater())
                    .map(answer -> buyer.expect("raise " + order.number(), answer))
                    .or(() -> arrived(buyer, order));
        }
        Raised raised = Raised.of(made.get(), Optional.of(order));
        book.add(raised);
        return raised;
    }

    private Optional<JsonNode> arrived(Caller buyer, DemoOrder order) {
        JsonNode page = buyer.expect("look for " + order.number(), buyer.get(ORDERS + "?limit=" + LOOK_BACK));
        for (JsonNode each : page.path("items")) {
            boolean known = book.has(UUID.fromString(each.path("id").asString()));
            boolean same = each.path("supplier_code").asString().equals(order.supplierCode())
                    && new BigDecimal(each.path("total_amount").asString()).compareTo(order.total()) == 0;
            if (!known && same) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static ObjectNode body(DemoOrder order) {
        ObjectNode body =
                Json.object().put("supplier_code", order.supplierCode()).put("submit", true);
        var lines = body.putArray("lines");
        for (var line : order.lines()) {
            lines.addObject()
                    .put("item_code", line.itemCode())
                    .put("quantity", line.quantity().toPlainString())
                    .put("unit_price", line.unitPrice().toPlainString())
                    .put("gst_rate", line.gstRate().toPlainString());
        }
        return body;
    }
}
