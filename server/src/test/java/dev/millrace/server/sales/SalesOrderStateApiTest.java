package dev.millrace.server.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Trade;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Sales orders that people confirm, hold and cancel by hand. */
class SalesOrderStateApiTest {
    private static final Api FARAH = Api.as("sales.head@acme.test");
    private static final Api ACCOUNTS = Trade.ACCOUNTS;
    private static final AtomicInteger CODES = new AtomicInteger();

    private static String customer(String limit) {
        return FARAH.post("/customers", customerForm("HAND-" + CODES.incrementAndGet(), limit))
                .expect(201)
                .at("/id");
    }

    private static String customerForm(String code, String limit) {
        return """
                {"code": "%s", "name": "Customer", "state_code": "27", "credit_limit": %s}""".formatted(code, limit);
    }

    private static void raiseLimit(String customer, String limit) {
        String code = FARAH.get("/customers/" + customer).at("/code");
        FARAH.call("PUT", "/customers/" + customer, customerForm(code, limit)).expect(200);
    }

    /** A drum of paint at 4,150 comes to 4,897.00. */
    private static Answer order(String customer, String more) {
        return FARAH.post("/sales-orders", """
                        {"customer_id": "%s", "lines": [{"item_code": "PNT-SYN-20L", "quantity": 1, "unit_price": 4150}]%s}""".formatted(customer, more)).expect(201);
    }

    /** Beyond the limit, so that no rule confirms it: it waits, and Admin has a task. */
    private static String waiting(String customer) {
        Answer order = order(customer, "");
        assertThat(order.at("/routing/kind")).isEqualTo("held");
        return order.at("/id");
    }

    private static Answer confirm(Api who, String order) {
        return who.post("/sales-orders/" + order + "/confirm", "");
    }

    private static Answer hold(Api who, String order) {
        return who.post("/sales-orders/" + order + "/hold", "{\"reason\": \"customer asked\"}");
    }

    private static Answer cancel(Api who, String order) {
        return who.post("/sales-orders/" + order + "/cancel", "{\"reason\": \"no need\"}");
    }

    private static String status(String order) {
        return FARAH.get("/sales-orders/" + order).expect(200).at("/status");
    }

    /** Asks Accounts about the customer's orders. */
    private static void askAccounts(String customer) {
        Api.as(Flow.ADMIN)
                .postYaml("/workflows", """
                        workflow:
                          name: %s
                          enabled: true
                          trigger: { event: sales_order.created, condition: "trigger.customer_id == '%s'" }
                          steps:
                            - id: ask
                              action: erp.approval.request
                              config: { role: Accounts, entity_type: sales_order, entity_id: "{{ trigger.id }}", requester: "{{ trigger.requested_by }}" }
                              on_error:
                                - action: erp.sales_order.hold
                                  config: { sales_order_id: "{{ trigger.id }}", reason: "{{ steps.ask.error.message }}" }
                                - action: core.stop
                                  config: { reason: refused }
                            - id: confirm
                              action: erp.sales_order.confirm
                              depends_on: ask
                              config: { sales_order_id: "{{ trigger.id }}", approval_id: "{{ steps.ask.output.approval_id }}" }
                        """.formatted(Flow.newName(), customer))
                .expect(201);
    }

    @Test
    void an_order_that_no_workflow_governs_is_confirmed_by_hand_within_the_limit() {
        String customer = customer("0");
        String order = waiting(customer);

        Answer over = confirm(FARAH, order).expectProblem(409, "credit_limit_exceeded");
        assertThat(over.at("/detail")).contains("over the limit of ₹0.00", "or wait for a payment.");
        raiseLimit(customer, "5000");
        Answer confirmed = confirm(FARAH, order).expect(200);

        assertThat(confirmed.at("/status")).isEqualTo("confirmed");
        assertThat(confirmed.at("/confirmed_by")).isEqualTo("Farah Khan");
        assertThat(confirmed.at("/lines/0/reserved_quantity")).isEqualTo("1");
        assertThat(confirm(FARAH, order).expect(200).header("etag")).isEqualTo(confirmed.header("etag"));
        FARAH.call("POST", "/sales-orders/" + order + "/hold", "{\"reason\": \"x\"}", "If-Match", "\"1\"")
                .expectProblem(412, "stale");
        await().atMost(Trade.SOON)
                .untilAsserted(() -> assertThat(Api.as(Flow.AUDITOR)
                                .get("/audit-logs?resource_id=" + order)
                                .body()
                                .path("items")
                                .valueStream()
                                .filter(entry -> entry.path("type").asString("").equals("sales_order.confirmed"))
                                .map(entry -> entry.at("/actor/name").asString("")))
                        .containsExactly("Farah Khan"));
    }

    @Test
    void what_the_goods_or_the_customer_do_not_allow_no_hand_confirms() {
        String customer = customer("100000000");
        Answer large = FARAH.post("/sales-orders", """
                        {"customer_id": "%s", "lines": [{"item_code": "PNT-SYN-20L", "quantity": 9999, "unit_price": 4150}]}""".formatted(customer)).expect(201);

        Answer lacking = confirm(FARAH, large.at("/id")).expectProblem(409, "insufficient_stock");

        assertThat(lacking.at("/detail")).contains("PNT-SYN-20L", "receive more first, or change the order.");
        assertThat(status(large.at("/id"))).isEqualTo("pending_approval");
    }

    @Test
    void what_no_workflow_was_asked_about_is_submitted_first() {
        String customer = customer("100000");
        String draft = order(customer, ", \"submit\": false").at("/id");

        assertThat(confirm(FARAH, draft).expectProblem(409, "wrong_state").at("/detail"))
                .contains("is draft", "submit it first");
        hold(FARAH, draft).expectProblem(409, "wrong_state");
        cancel(FARAH, draft).expect(200);
        assertThat(confirm(FARAH, draft).expectProblem(409, "wrong_state").at("/detail"))
                .contains("is cancelled", "enter another one");
    }

    @Test
    void a_hold_frees_what_was_kept_and_is_lifted_by_hand() {
        String customer = customer("100000");
        String order = order(customer, "").at("/id");
        assertThat(status(order)).isEqualTo("confirmed");

        Answer held = hold(FARAH, order).expect(200);
        assertThat(held.at("/status")).isEqualTo("on_hold");
        assertThat(held.at("/hold_reason")).isEqualTo("customer asked");
        assertThat(held.at("/lines/0/reserved_quantity")).isEqualTo("0");
        assertThat(hold(FARAH, order).expect(200).header("etag")).isEqualTo(held.header("etag"));
        assertThat(FARAH.get("/customers/" + customer).at("/credit_exposure")).isEqualTo("0.00");
        assertThat(confirm(FARAH, order).expect(200).at("/status")).isEqualTo("confirmed");
        assertThat(FARAH.get("/customers/" + customer).at("/credit_exposure")).isEqualTo("4897.00");

        Answer cancelled = cancel(FARAH, order).expect(200);
        assertThat(cancelled.at("/cancel_reason")).isEqualTo("no need");
        assertThat(cancel(FARAH, order).expect(200).header("etag")).isEqualTo(cancelled.header("etag"));
        hold(FARAH, order).expectProblem(409, "wrong_state");
    }

    @Test
    void what_has_left_is_neither_held_nor_cancelled() {
        String order = order(customer("100000"), "").at("/id");
        FARAH.post("/deliveries", "{\"sales_order_id\": \"" + order + "\"}").expect(201);

        hold(FARAH, order).expectProblem(409, "wrong_state");
        assertThat(cancel(FARAH, order).expectProblem(409, "has_deliveries").at("/detail"))
                .contains("reverse the deliveries first");
        assertThat(confirm(FARAH, order).expect(200).at("/status")).isEqualTo("delivered");
    }

    @Test
    void as_long_as_a_workflow_asks_nobody_confirms_by_hand() {
        String customer = customer("100000");
        askAccounts(customer);
        Answer order = order(customer, "");
        // Whether it has asked already or is only about to.
        confirm(FARAH, order.at("/id")).expectProblem(409, "being_decided");
        String request = Flow.requestOf(order.at("/routing/executions/0"), "Accounts");

        assertThat(confirm(FARAH, order.at("/id"))
                        .expectProblem(409, "being_decided")
                        .at("/detail"))
                .contains("has asked Accounts about order " + order.at("/order_number"));

        ACCOUNTS.post("/workflows/approvals/" + request + "/approve", "").expect(200);
        Flow.awaitOver(order.at("/routing/executions/0"));
        assertThat(status(order.at("/id"))).isEqualTo("confirmed");
    }

    @Test
    void a_hold_while_somebody_is_asked_ends_that_and_no_hand_gets_past_who_was_asked() {
        String customer = customer("100000");
        askAccounts(customer);
        Answer order = order(customer, "");
        String id = order.at("/id");
        String request = Flow.requestOf(order.at("/routing/executions/0"), "Accounts");

        hold(FARAH, id).expect(200);

        assertThat(ACCOUNTS.get("/workflows/approvals/pending?limit=200").text())
                .doesNotContain(request);
        assertThat(ACCOUNTS.post("/workflows/approvals/" + request + "/approve", "")
                        .expectProblem(409, "cancelled")
                        .at("/detail"))
                .isEqualTo("There is nothing to decide any more: " + order.at("/order_number")
                        + " was put on hold by Farah Khan: customer asked");
        assertThat(status(id)).isEqualTo("on_hold");
        assertThat(confirm(FARAH, id).expectProblem(409, "wrong_state").at("/detail"))
                .contains("is on_hold", "submit it first");
        Answer again = FARAH.post("/sales-orders/" + id + "/submit", "").expect(200);
        String second = Flow.requestOf(again.at("/routing/executions/0"), "Accounts");
        confirm(FARAH, id).expectProblem(409, "being_decided");
        ACCOUNTS.post("/workflows/approvals/" + second + "/reject", "{\"comment\": \"not him\"}")
                .expect(200);
        Flow.awaitOver(again.at("/routing/executions/0"));
        confirm(FARAH, id).expectProblem(409, "wrong_state");
    }

    @Test
    void an_order_that_is_cancelled_while_somebody_is_asked_stays_cancelled() {
        String customer = customer("100000");
        askAccounts(customer);
        Answer order = order(customer, "");
        String request = Flow.requestOf(order.at("/routing/executions/0"), "Accounts");

        cancel(FARAH, order.at("/id")).expect(200);

        ACCOUNTS.post("/workflows/approvals/" + request + "/reject", "{\"comment\": \"no\"}")
                .expectProblem(409, "cancelled");
        assertThat(Flow.awaitOver(order.at("/routing/executions/0")).at("/outcome"))
                .isEqualTo("cancelled");
        assertThat(status(order.at("/id"))).isEqualTo("cancelled");
    }

    @Test
    void only_who_writes_in_sales_decides_by_hand_and_only_on_orders_that_are_there() {
        String order = waiting(customer("0"));
        for (String who : List.of(Flow.REQUESTER, Flow.FINANCE_HEAD, Flow.AUDITOR, "warehouse@acme.test")) {
            confirm(Api.as(who), order).expectProblem(403, "forbidden");
            hold(Api.as(who), order).expectProblem(403, "forbidden");
            cancel(Api.as(who), order).expectProblem(403, "forbidden");
        }
        for (String id : List.of(Trade.UNKNOWN, "x")) {
            confirm(FARAH, id).expectProblem(404, "not_found");
            hold(FARAH, id).expectProblem(404, "not_found");
            cancel(FARAH, id).expectProblem(404, "not_found");
        }
        FARAH.post("/sales-orders/" + order + "/hold", "{}").expectProblem(422, "required");
        FARAH.post("/sales-orders/" + order + "/cancel", "{\"reason\": 7, \"x\": 1}")
                .expect(422);
        assertThat(status(order)).isEqualTo("pending_approval");
    }
}
