package dev.millrace.server.demo;

import dev.millrace.server.demo.OrderBook.Raised;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What the Finance Head and the CFO do about the requests that wait for them. */
final class Decisions {
    private final OrderBook orders;
    private final BillBook bills;

    Decisions(OrderBook orders, BillBook bills) {
        this.orders = orders;
        this.bills = bills;
    }

    /** Empty: whoever brought the document has not read the answer yet; it is decided the next time. */
    Optional<Choice> ofFinanceHead(JsonNode request) {
        UUID document = document(request);
        return switch (request.path("entity_type").asString("")) {
            case "purchase_order" -> orders.find(document).map(Decisions::ofFinanceHead);
            case "supplier_invoice" -> bills.find(document).map(Choice::ofBill);
            default -> Optional.of(new Choice.Approve());
        };
    }

    /** As {@link #ofFinanceHead(JsonNode)}. */
    Optional<Choice> ofCfo(JsonNode request) {
        return request.path("entity_type").asString("").equals("purchase_order")
                ? orders.find(document(request)).map(Decisions::ofCfo)
                : Optional.of(new Choice.Approve());
    }

    private static Choice ofFinanceHead(Raised order) {
        return order.source()
                .map(source -> Choice.ofFinanceHead(source.number()))
                .orElseGet(Choice.Approve::new);
    }

    private static Choice ofCfo(Raised order) {
        return order.source().map(source -> Choice.ofCfo(source.number())).orElseGet(Choice.Approve::new);
    }

    private static UUID document(JsonNode request) {
        return UUID.fromString(request.path("entity_id").asString());
    }
}
