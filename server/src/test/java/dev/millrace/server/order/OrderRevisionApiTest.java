package dev.millrace.server.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Flow.Raised;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Changing an order through the API. */
class OrderRevisionApiTest {
    private static final Api ROHAN = Api.as(Flow.REQUESTER);

    @Test
    void a_draft_is_changed_and_submitted_in_one_go() {
        Answer draft = ROHAN.post("/purchase-orders", body("10", ", \"submit\": false"))
                .expect(201);
        String path = "/purchase-orders/" + draft.at("/id");
        String tag = ROHAN.get(path).header("etag");

        Answer changed =
                ROHAN.call("PUT", path, body("20", ""), "If-Match", tag).expect(200);

        assertThat(changed.at("/status")).isEqualTo("draft");
        assertThat(changed.at("/lines/0/quantity")).isEqualTo("20");
        assertThat(changed.header("etag"))
                .isEqualTo(ROHAN.get(path).header("etag"))
                .isNotEqualTo(tag);
        ROHAN.call("PUT", path, "{\"nonsense\": 1}", "If-Match", tag).expectProblem(412, "stale");
        Answer submitted =
                ROHAN.call("PUT", path, body("5", ", \"submit\": true")).expect(200);
        assertThat(submitted.at("/routing/kind")).isEqualTo("started");
    }

    @Test
    void who_was_asked_is_asked_again_for_the_order_as_it_is_now() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        String first = Flow.requestOf(raised.execution(), "Finance Head");

        ROHAN.call("PUT", "/purchase-orders/" + raised.order(), body("4000", ""))
                .expect(200);

        String second = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Flow.requestOf(raised.execution(), "Finance Head"), id -> !id.equals(first));
        Api meera = Api.as(Flow.FINANCE_HEAD);
        assertThat(meera.post("/workflows/approvals/" + first + "/approve", "{}")
                        .status())
                .isEqualTo(409);
        meera.post("/workflows/approvals/" + second + "/approve", "{}").expect(200);
        Flow.awaitOver(raised.execution());
        Answer order = ROHAN.get("/purchase-orders/" + raised.order());
        assertThat(order.at("/status")).isEqualTo("approved");
        assertThat(order.at("/lines/0/quantity")).isEqualTo("4000");
        ROHAN.call("PUT", "/purchase-orders/" + raised.order(), body("1", "")).expectProblem(409, "wrong_state");
    }

    @Test
    void an_order_of_somebody_else_is_not_changed_but_by_who_may_write() {
        Answer draft = ROHAN.post("/purchase-orders", body("10", ", \"submit\": false"))
                .expect(201);
        String path = "/purchase-orders/" + draft.at("/id");

        Api.as(Flow.FINANCE_HEAD).call("PUT", path, body("1", "")).expectProblem(404, "not_found");
        Api.as("procurement@acme.test").call("PUT", path, body("2", "")).expect(200);
        ROHAN.call("PUT", path, body("0", "")).expectProblem(422, "out_of_range");
        ROHAN.call("PUT", "/purchase-orders/x", body("1", "")).expectProblem(404, "not_found");
        assertThat(ROHAN.get(path).at("/lines/0/quantity")).isEqualTo("2");
    }

    private static String body(String quantity, String more) {
        return """
                {"supplier_code": "S0001",
                 "lines": [{"item_code": "CEM-PPC-50", "quantity": "%s", "unit_price": "367.40"}]%s}""".formatted(quantity, more);
    }
}
