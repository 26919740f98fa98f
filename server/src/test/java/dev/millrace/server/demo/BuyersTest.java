package dev.millrace.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.engine.Json;
import dev.millrace.erp.demo.DemoOrders;
import dev.millrace.erp.demo.DemoOrders.DemoOrder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A server that breaks the connection instead of answering, before or after it has taken the order. */
class BuyersTest {
    private static final DemoOrder ORDER = DemoOrders.all().getFirst();

    private final List<ObjectNode> taken = new CopyOnWriteArrayList<>();
    private final OrderBook book = new OrderBook();
    private volatile boolean breakBefore;
    private volatile boolean breakAfter;
    private HttpServer server;
    private Buyers buyers;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/auth/login", exchange -> answer(exchange, "{\"access_token\":\"t\"}"));
        server.createContext("/api/v1/purchase-orders", this::orders);
        server.start();
        var http = HttpClient.newHttpClient();
        var address = URI.create("http://localhost:" + server.getAddress().getPort());
        var caller = new Caller(http, address, Person.ROHAN, () -> {});
        buyers = new Buyers(List.of(caller), caller, book);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void an_order_whose_answer_was_lost_is_found_and_not_raised_again() {
        breakAfter = true;

        var raised = buyers.raise(ORDER, 0);

        assertThat(taken).hasSize(1);
        assertThat(raised.number()).isEqualTo("PO-1");
        assertThat(book.all()).hasSize(1);
    }

    @Test
    void an_order_that_never_arrived_is_raised_again() {
        breakBefore = true;

        buyers.raise(ORDER, 0);

        assertThat(taken).hasSize(1);
    }

    @Test
    void an_equal_order_of_before_is_not_taken_for_the_lost_one() {
        buyers.raise(ORDER, 0);
        breakBefore = true;

        buyers.raise(ORDER, 1);

        assertThat(taken).hasSize(2);
        assertThat(book.all()).extracting(OrderBook.Raised::number).containsExactlyInAnyOrder("PO-1", "PO-2");
    }

    private void orders(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("GET")) {
            ObjectNode page = Json.object();
            taken.forEach(page.putArray("items")::add);
            answer(exchange, Json.write(page));
            return;
        }
        if (breakBefore) {
            breakBefore = false;
            exchange.close();
            return;
        }
        int n = taken.size() + 1;
        ObjectNode order = Json.object()
                .put("id", "00000000-0000-0000-0000-00000000000" + n)
                .put("po_number", "PO-" + n)
                .put("supplier_code", ORDER.supplierCode())
                .put("supplier_name", "Godavari")
                .put("total_amount", ORDER.total().toPlainString());
        taken.add(order);
        if (breakAfter) {
            breakAfter = false;
            exchange.close();
            return;
        }
        answer(exchange, Json.write(order));
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
