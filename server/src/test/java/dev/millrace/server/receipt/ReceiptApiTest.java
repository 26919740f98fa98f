package dev.millrace.server.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api.Answer;
import dev.millrace.server.Trade;
import org.junit.jupiter.api.Test;

class ReceiptApiTest {
    private static final String REASON = "{\"reason\": \"wrong truck\"}";

    @Test
    void goods_come_in_for_an_approved_order_and_are_taken_back() {
        String order = Trade.approvedOrder();

        Answer posted = Trade.receive(order, "4").expect(201);
        String path = "/goods-receipts/" + posted.at("/id");

        assertThat(posted.header("location")).isEqualTo("/api/v1" + path);
        assertThat(posted.at("/amount")).isEqualTo("1469.60");
        assertThat(posted.at("/lines/0/accepted")).isEqualTo("4");
        assertThat(posted.at("/journal_id")).isNotEmpty();
        assertThat(Trade.ADMIN.get("/purchase-orders/" + order).at("/status")).isEqualTo("partially_received");
        assertThat(Trade.PROCUREMENT
                        .get("/goods-receipts?purchase_order_id=" + order)
                        .expect(200)
                        .at("/items/0/receipt_number"))
                .isEqualTo(posted.at("/receipt_number"));
        Trade.WAREHOUSE.post(path + "/reverse", "{}").expectProblem(422, "required");
        assertThat(Trade.WAREHOUSE.post(path + "/reverse", REASON).expect(200).at("/status"))
                .isEqualTo("reversed");
        assertThat(Trade.WAREHOUSE.post(path + "/reverse", REASON).expect(200).at("/status"))
                .isEqualTo("reversed");
        assertThat(Trade.ADMIN.get(path).at("/reverse_reason")).isEqualTo("wrong truck");
    }

    @Test
    void what_is_wrong_with_a_receipt_is_said_at_once() {
        String order = Trade.approvedOrder();

        Answer refused =
                Trade.WAREHOUSE.post("/goods-receipts", """
                {"purchase_order_id": "%s", "lines": [{"line_no": 9, "quantity": "1"}, {"line_no": 1, "quantity": "5000"}]}""".formatted(order)).expect(422);

        assertThat(refused.body().path("errors").size()).isEqualTo(2);
        Trade.receive(Trade.UNKNOWN, "1").expectProblem(422, "purchase_order_unknown");
        Trade.receive(order, "x").expectProblem(422, "type_mismatch");
        Trade.WAREHOUSE.get("/goods-receipts?purchase_order_id=x").expectProblem(422, "invalid_id");
        assertThat(Trade.ADMIN.get("/purchase-orders/" + order).at("/status")).isEqualTo("approved");
    }

    @Test
    void goods_of_an_order_that_is_not_approved_are_refused() {
        Answer draft = Trade.PROCUREMENT.post("/purchase-orders", """
                        {"supplier_code": "S0001", "submit": false, "lines": [{"item_code": "CEM-PPC-50", "quantity": 1, "unit_price": 10}]}""").expect(201);

        Trade.receive(draft.at("/id"), "1").expectProblem(409, "wrong_state");
    }

    @Test
    void a_key_gives_the_first_answer_again_and_takes_the_goods_in_once() {
        String order = Trade.approvedOrder();
        String body =
                "{\"purchase_order_id\": \"%s\", \"lines\": [{\"line_no\": 1, \"quantity\": \"10\"}]}".formatted(order);

        Answer first = Trade.WAREHOUSE.call("POST", "/goods-receipts", body, "Idempotency-Key", order);
        Answer again = Trade.WAREHOUSE.call("POST", "/goods-receipts", body, "Idempotency-Key", order);

        assertThat(again.expect(201).text()).isEqualTo(first.expect(201).text());
        assertThat(Trade.ADMIN
                        .get("/goods-receipts?purchase_order_id=" + order)
                        .body()
                        .path("items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void another_company_sees_none() {
        String receipt = Trade.receive(Trade.approvedOrder(), "1").expect(201).at("/id");

        Trade.WAREHOUSE.get("/goods-receipts/" + Trade.UNKNOWN).expectProblem(404, "not_found");
        Trade.WAREHOUSE.get("/goods-receipts/nonsense").expectProblem(404, "not_found");
        Trade.WAREHOUSE
                .post("/goods-receipts/" + Trade.UNKNOWN + "/reverse", "nonsense")
                .expectProblem(404, "not_found");
        // The module is not theirs at all.
        Trade.STRANGER.get("/goods-receipts/" + receipt).expectProblem(403, "forbidden");
    }
}
