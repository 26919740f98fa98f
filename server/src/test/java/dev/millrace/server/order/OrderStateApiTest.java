package dev.millrace.server.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Flow.Raised;
import dev.millrace.server.Trade;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Purchase orders that people approve and cancel by hand. */
class OrderStateApiTest {
    private static final Api PROCUREMENT = Trade.PROCUREMENT;

    private static String path(String order, String verb) {
        return "/purchase-orders/" + order + "/" + verb;
    }

    private static Answer approve(Api who, String order) {
        return who.post(path(order, "approve"), "");
    }

    private static Answer cancel(Api who, String order) {
        return who.post(path(order, "cancel"), "{\"reason\": \"supplier is shut\"}");
    }

    /** A large order whose workflow was cancelled: nobody decides on it any more. */
    private static String left(String requester) {
        Raised raised = Flow.raiseLargeOrder(requester);
        Flow.requestOf(raised.execution(), "Finance Head");
        Trade.ADMIN
                .post("/workflows/executions/" + raised.execution() + "/cancel", "{\"comment\": \"by hand\"}")
                .expect(202);
        return raised.order();
    }

    @Test
    void an_order_on_which_no_workflow_decides_is_approved_by_hand_once() {
        String order = left(Flow.REQUESTER);
        String tag = PROCUREMENT.get("/purchase-orders/" + order).header("etag");

        PROCUREMENT
                .call("POST", path(order, "approve"), "", "If-Match", "\"99\"")
                .expectProblem(412, "stale");
        Answer approved = PROCUREMENT
                .call("POST", path(order, "approve"), "", "If-Match", tag)
                .expect(200);
        Answer again = approve(PROCUREMENT, order).expect(200);

        assertThat(approved.at("/status")).isEqualTo("approved");
        assertThat(approved.at("/approved_by")).isEqualTo("Priya Nair");
        assertThat(approved.body().path("lines").size()).isEqualTo(1);
        assertThat(again.header("etag")).isEqualTo(approved.header("etag"));
        await().atMost(Trade.SOON)
                .untilAsserted(() -> assertThat(Api.as(Flow.AUDITOR)
                                .get("/audit-logs?resource_id=" + order)
                                .body()
                                .path("items")
                                .valueStream()
                                .filter(entry -> entry.path("type").asString("").equals("purchase_order.approved"))
                                .map(entry -> entry.at("/actor/name").asString("")))
                        .containsExactly("Priya Nair"));
    }

    @Test
    void as_long_as_the_workflow_asks_nobody_approves_by_hand() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        String request = Flow.requestOf(raised.execution(), "Finance Head");

        Answer refused = approve(PROCUREMENT, raised.order()).expectProblem(409, "being_decided");

        assertThat(refused.at("/detail"))
                .contains("purchase-order-approval v", "has asked Finance Head", "it is decided there");
        assertThat(refused.at("/decider/execution_id")).isEqualTo(raised.execution());
        assertThat(refused.at("/decider/approval_id")).isEqualTo(request);
        assertThat(PROCUREMENT.get("/purchase-orders/" + raised.order()).at("/status"))
                .isEqualTo("pending_approval");
        Api.as(Flow.FINANCE_HEAD)
                .post("/workflows/approvals/" + request + "/approve", "")
                .expect(200);
        Flow.awaitOver(raised.execution());
        assertThat(approve(PROCUREMENT, raised.order()).expect(200).at("/approved_by"))
                .startsWith("purchase-order-approval");
    }

    @Test
    void nobody_approves_what_they_raised_or_changed() {
        String own = left("procurement@acme.test");
        String changed = left(Flow.REQUESTER);
        PROCUREMENT.call("PUT", "/purchase-orders/" + changed, """
                        {"supplier_code": "S0001", "lines": [{"item_code": "CEM-PPC-50", "quantity": 9000, "unit_price": 367.40}]}""").expect(200);

        Answer refused = approve(PROCUREMENT, own).expectProblem(403, "segregation_of_duties");
        approve(PROCUREMENT, changed).expectProblem(403, "segregation_of_duties");

        assertThat(refused.at("/detail")).contains("nobody approves their own");
        assertThat(approve(Trade.ADMIN, changed).expect(200).at("/status")).isEqualTo("approved");
    }

    @Test
    void of_two_who_approve_at_once_one_does_and_the_other_finds_it_done() {
        String order = left(Flow.REQUESTER);
        var together = new CyclicBarrier(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Answer>> calls = List.of(PROCUREMENT, Trade.ADMIN).stream()
                    .map(who -> CompletableFuture.supplyAsync(
                            () -> {
                                pass(together);
                                return approve(who, order);
                            },
                            threads))
                    .toList();
            List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();

            assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
            assertThat(answers.getFirst().at("/approved_by"))
                    .isEqualTo(answers.getLast().at("/approved_by"));
            assertThat(answers.getFirst().at("/version"))
                    .isEqualTo(answers.getLast().at("/version"));
        }
    }

    private static void pass(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_was_never_submitted_or_is_over_is_not_approved() {
        Answer draft = Api.as(Flow.REQUESTER).post("/purchase-orders", """
                        {"supplier_code": "S0001", "submit": false,
                         "lines": [{"item_code": "CEM-PPC-50", "quantity": 10, "unit_price": 367.40}]}""").expect(201);
        assertThat(approve(PROCUREMENT, draft.at("/id"))
                        .expectProblem(409, "wrong_state")
                        .at("/detail"))
                .contains("is draft", "submit it first");

        Answer cancelled = cancel(PROCUREMENT, draft.at("/id")).expect(200);
        assertThat(cancelled.at("/status")).isEqualTo("cancelled");
        assertThat(cancelled.at("/cancel_reason")).isEqualTo("supplier is shut");
        assertThat(cancel(PROCUREMENT, draft.at("/id")).expect(200).header("etag"))
                .isEqualTo(cancelled.header("etag"));
        assertThat(approve(PROCUREMENT, draft.at("/id"))
                        .expectProblem(409, "wrong_state")
                        .at("/detail"))
                .contains("is cancelled", "raise another one");
    }

    @Test
    void an_order_that_is_cancelled_while_somebody_is_asked_is_asked_about_no_more() {
        Raised raised = Flow.raiseLargeOrder(Flow.REQUESTER);
        String request = Flow.requestOf(raised.execution(), "Finance Head");
        Api meera = Api.as(Flow.FINANCE_HEAD);
        PROCUREMENT.post(path(raised.order(), "cancel"), "{}").expectProblem(422, "required");
        PROCUREMENT.post(path(raised.order(), "cancel"), "{\"reason\": \"\"}").expect(422);

        Answer cancelled = cancel(PROCUREMENT, raised.order()).expect(200);

        assertThat(meera.get("/workflows/approvals/pending?limit=200").text()).doesNotContain(request);
        assertThat(meera.get("/workflows/approvals/" + request).expect(200).at("/status"))
                .isEqualTo("cancelled");
        Answer late =
                meera.post("/workflows/approvals/" + request + "/approve", "").expectProblem(409, "cancelled");
        assertThat(late.at("/detail"))
                .isEqualTo("There is nothing to decide any more: " + cancelled.at("/po_number")
                        + " was cancelled by Priya Nair: supplier is shut");
        assertThat(late.at("/decision/decided_by_name")).isEqualTo("Priya Nair");
        assertThat(Flow.awaitOver(raised.execution()).at("/outcome")).isEqualTo("cancelled");
        assertThat(PROCUREMENT.get("/purchase-orders/" + raised.order()).at("/status"))
                .isEqualTo("cancelled");
        assertThat(Trade.ADMIN
                        .get("/workflows/entities/purchase_order/" + raised.order() + "/timeline")
                        .expect(200)
                        .body()
                        .path("waiting")
                        .size())
                .isZero();
    }

    @Test
    void what_was_received_is_not_cancelled() {
        String order = Trade.approvedOrder();
        Trade.receive(order, "4").expect(201);

        assertThat(cancel(PROCUREMENT, order).expectProblem(409, "has_receipts").at("/detail"))
                .contains("reverse the receipts first, or close the order");

        PROCUREMENT.post(path(order, "close"), "{\"reason\": \"enough\"}").expect(200);
        cancel(PROCUREMENT, order).expectProblem(409, "has_receipts");
    }

    @Test
    void only_who_writes_in_procurement_decides_by_hand_and_only_on_orders_that_are_there() {
        String order = left(Flow.REQUESTER);
        for (String who : List.of(Flow.REQUESTER, Flow.FINANCE_HEAD, Flow.AUDITOR, "sales.head@acme.test")) {
            approve(Api.as(who), order).expectProblem(403, "forbidden");
            cancel(Api.as(who), order).expectProblem(403, "forbidden");
        }
        for (String id : List.of(Trade.UNKNOWN, "x")) {
            approve(PROCUREMENT, id).expectProblem(404, "not_found");
            cancel(PROCUREMENT, id).expectProblem(404, "not_found");
        }
        assertThat(Trade.ADMIN.get("/purchase-orders/" + order).at("/status")).isEqualTo("pending_approval");
    }
}
