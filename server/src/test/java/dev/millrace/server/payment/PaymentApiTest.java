package dev.millrace.server.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Trade;
import org.junit.jupiter.api.Test;

class PaymentApiTest {
    private static final String REASON = "{\"reason\": \"typed wrongly\"}";

    private static Answer draft(String amount) {
        return Trade.ACCOUNTS.post("/payments", """
                {"direction": "outgoing", "party_type": "supplier", "party_id": "%s", "amount": "%s", "method": "bank_transfer",
                 "reference": "advance"}""".formatted(Trade.supplier("S0002"), amount));
    }

    @Test
    void a_payment_is_drafted_posted_and_reversed() {
        Answer draft = draft("1250.50").expect(201);
        String path = "/payments/" + draft.at("/id");

        assertThat(draft.header("location")).isEqualTo("/api/v1" + path);
        assertThat(draft.at("/status")).isEqualTo("draft");
        assertThat(draft.at("/amount")).isEqualTo("1250.50");
        Answer posted = Trade.ACCOUNTS.post(path + "/post", "").expect(200);
        assertThat(posted.at("/status")).isEqualTo("posted");
        assertThat(Trade.ACCOUNTS
                        .get("/ledger/journals/" + posted.at("/journal_id"))
                        .at("/total_amount"))
                .isEqualTo("1250.50");
        Trade.ACCOUNTS.post(path + "/cancel", REASON).expectProblem(409, "wrong_state");
        assertThat(Trade.ACCOUNTS.post(path + "/reverse", REASON).expect(200).at("/end_reason"))
                .isEqualTo("typed wrongly");
        assertThat(Api.as(Flow.AUDITOR)
                        .get("/payments?status=reversed&party_id=" + draft.at("/party_id"))
                        .text())
                .contains(draft.at("/id"));
    }

    @Test
    void a_draft_is_cancelled() {
        String path = "/payments/" + draft("10").expect(201).at("/id");

        assertThat(Trade.ACCOUNTS.post(path + "/cancel", REASON).expect(200).at("/status"))
                .isEqualTo("cancelled");
        Trade.ACCOUNTS.post(path + "/post", "").expectProblem(409, "wrong_state");
    }

    @Test
    void what_is_wrong_with_a_payment_is_said() {
        draft("0").expectProblem(422, "amount_invalid");
        draft("1.234").expectProblem(422, "amount_invalid");
        Trade.ACCOUNTS
                .post("/payments", """
                {"direction": "outgoing", "party_type": "supplier", "party_id": "%s", "amount": "1", "method": "cash",
                 "allocations": [{"document_type": "supplier_invoice", "document_id": "%s", "amount": "1"}]}""".formatted(Trade.supplier("S0002"), Trade.UNKNOWN))
                .expectProblem(409, "document_not_payable");
        Trade.ACCOUNTS.post("/payments", "{\"direction\": \"sideways\"}").expect(422);
        Trade.ACCOUNTS.get("/payments/" + Trade.UNKNOWN).expectProblem(404, "not_found");
        Trade.ACCOUNTS
                .post("/payments/" + Trade.UNKNOWN + "/reverse", "nonsense")
                .expectProblem(404, "not_found");
        String id = draft("3").expect(201).at("/id");
        Trade.ACCOUNTS.post("/payments/" + id + "/cancel", "{}").expectProblem(422, "required");
        Trade.STRANGER.get("/payments/" + id).expectProblem(404, "not_found");
        Trade.STRANGER.post("/payments/" + id + "/post", "").expectProblem(404, "not_found");
        Api.as(Flow.AUDITOR).post("/payments/" + id + "/post", "").expectProblem(403, "forbidden");
    }

    private static Answer propose(String payment) {
        String day = Trade.ADMIN.get("/admin/clock").at("/now").substring(0, 10);
        // A day later everywhere: the company's day may be ahead of the clock's.
        String value = java.time.LocalDate.parse(day).plusDays(1).toString();
        return Trade.ACCOUNTS.post("/payment-runs", """
                {"bank_account": "Current account", "value_date": "%s", "payments": ["%s"]}""".formatted(value, payment));
    }

    @Test
    void who_prepares_a_run_does_not_release_it() {
        String payment = draft("77").expect(201).at("/id");
        Answer run = propose(payment).expect(201);
        String path = "/payment-runs/" + run.at("/id");

        assertThat(run.at("/total_amount")).isEqualTo("77.00");
        Trade.ACCOUNTS.post("/payments/" + payment + "/post", "").expectProblem(409, "wrong_state");
        Trade.ACCOUNTS.post(path + "/release", "").expectProblem(403, "segregation_of_duties");
        assertThat(Trade.ADMIN.get(path).at("/status")).isEqualTo("proposed");
        Api.as("warehouse@acme.test").get(path).expectProblem(404, "not_found");
        Trade.STRANGER.get(path).expectProblem(404, "not_found");
        assertThat(Trade.ACCOUNTS
                        .get("/payments?payment_run_id=" + run.at("/id"))
                        .at("/items/0/id"))
                .isEqualTo(payment);
        Answer released = Trade.ADMIN.post(path + "/release", "").expect(200);
        assertThat(released.at("/status")).isEqualTo("released");
        assertThat(Trade.ADMIN.get("/payments/" + payment).at("/status")).isEqualTo("posted");
        Trade.ADMIN.post(path + "/cancel", REASON).expectProblem(409, "wrong_state");
        assertThat(Trade.ADMIN.get("/payment-runs?status=released").text()).contains(run.at("/id"));
    }

    @Test
    void no_hand_releases_a_run_that_a_workflow_asks_about_and_cancelling_it_ends_that() {
        Api.as(Flow.ADMIN).postYaml("/workflows", """
                        workflow:
                          name: %s
                          enabled: true
                          trigger: { event: payment_run.proposed, condition: trigger.total_amount == 79.13 }
                          steps:
                            - id: ask
                              action: erp.approval.request
                              config: { role: CFO, entity_type: payment_run, entity_id: "{{ trigger.id }}", amount: "{{ trigger.total_amount }}" }
                            - id: release
                              action: erp.payment_run.release
                              depends_on: ask
                              config: { payment_run_id: "{{ trigger.id }}", approved_by: ["{{ steps.ask.output.decided_by }}"] }
                        """.formatted(Flow.newName())).expect(201);
        Answer run = propose(draft("79.13").expect(201).at("/id")).expect(201);
        String path = "/payment-runs/" + run.at("/id");

        Answer kept = Trade.ADMIN.post(path + "/release", "").expectProblem(409, "being_decided");
        assertThat(kept.at("/detail")).contains("this payment run");
        assertThat(Trade.ADMIN.get(path).at("/status")).isEqualTo("proposed");
        String request = Flow.requestOf(kept.at("/decider/execution_id"), "CFO");
        Trade.ACCOUNTS.post(path + "/cancel", REASON).expect(200);

        assertThat(Api.as(Flow.CFO)
                        .post("/workflows/approvals/" + request + "/approve", "")
                        .expectProblem(409, "cancelled")
                        .at("/detail"))
                .startsWith("There is nothing to decide any more: " + run.at("/number") + " was cancelled by ");
        assertThat(Trade.ADMIN.get(path).at("/status")).isEqualTo("cancelled");
    }

    @Test
    void a_run_is_cancelled_with_its_payments() {
        String payment = draft("78").expect(201).at("/id");
        String path = "/payment-runs/" + propose(payment).expect(201).at("/id");

        assertThat(Trade.ACCOUNTS.post(path + "/cancel", REASON).expect(200).at("/status"))
                .isEqualTo("cancelled");
        assertThat(Trade.ADMIN.get("/payments/" + payment).at("/status")).isEqualTo("cancelled");
        propose(payment).expect(409);
        Trade.ACCOUNTS.post("/payment-runs", "{}").expectProblem(422, "required");
    }
}
