package dev.millrace.server;

import static org.awaitility.Awaitility.await;

import dev.millrace.server.Api.Answer;
import java.time.Duration;

/** What documents follow each other when goods are bought: an approved order, its receipt, its invoice. */
public final class Trade {
    public static final Api ADMIN = Api.as(Flow.ADMIN);
    public static final Api ACCOUNTS = Api.as("accounts@acme.test");
    public static final Api WAREHOUSE = Api.as("warehouse@acme.test");
    public static final Api PROCUREMENT = Api.as("procurement@acme.test");
    public static final Api STRANGER = Api.as("admin@globex.test");

    /** Of nothing. */
    public static final String UNKNOWN = "01a20e42-0000-7000-8000-000000000000";

    public static final Duration SOON = Duration.ofSeconds(30);

    private Trade() {}

    /** The id of an order of ten bags at 367.40, approved by rule. */
    public static String approvedOrder() {
        Answer raised = Api.as(Flow.REQUESTER).post("/purchase-orders", """
                        {"supplier_code": "S0001", "lines": [{"item_code": "CEM-PPC-50", "quantity": 10, "unit_price": 367.40}]}""").expect(201);
        await().atMost(SOON)
                .until(() -> ADMIN.get("/purchase-orders/" + raised.at("/id"))
                        .at("/status")
                        .equals("approved"));
        return raised.at("/id");
    }

    /** Receives so many bags of it. */
    public static Answer receive(String order, String quantity) {
        return WAREHOUSE.post("/goods-receipts", """
                {"purchase_order_id": "%s", "delivery_note": "DN 7", "lines": [{"line_no": 1, "quantity": "%s"}]}""".formatted(order, quantity));
    }

    public static String item(String code) {
        for (var item : ADMIN.get("/items?limit=200").body().path("items")) {
            if (item.path("code").asString("").equals(code)) {
                return item.path("id").asString("");
            }
        }
        throw new AssertionError("there is no item " + code);
    }

    public static String warehouse(String code) {
        for (var warehouse : ADMIN.get("/warehouses").body().path("items")) {
            if (warehouse.path("code").asString("").equals(code)) {
                return warehouse.path("id").asString("");
            }
        }
        throw new AssertionError("there is no warehouse " + code);
    }

    public static String supplier(String code) {
        for (var supplier : ADMIN.get("/suppliers?limit=200").body().path("items")) {
            if (supplier.path("code").asString("").equals(code)) {
                return supplier.path("id").asString("");
            }
        }
        throw new AssertionError("there is no supplier " + code);
    }
}
