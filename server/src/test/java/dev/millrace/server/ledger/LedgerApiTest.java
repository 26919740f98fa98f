package dev.millrace.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Trade;
import org.junit.jupiter.api.Test;

class LedgerApiTest {
    private static String journal(String debit, String credit, String more) {
        return """
                {"narration": "Rent", %s "lines": [
                   {"account_code": "5700", "debit": "%s"}, {"account_code": "1000", "credit": "%s"}]}""".formatted(more, debit, credit);
    }

    @Test
    void a_journal_is_posted_by_hand_and_reversed_once() {
        String reference = Flow.newName();
        String body = journal("1000", "1000.00", "\"reference\": \"%s\",".formatted(reference));

        Answer posted = Trade.ACCOUNTS.post("/ledger/journals", body).expect(201);
        String path = "/ledger/journals/" + posted.at("/id");

        assertThat(posted.header("location")).isEqualTo("/api/v1" + path);
        assertThat(posted.at("/total_amount")).isEqualTo("1000.00");
        assertThat(posted.body().path("lines").size()).isEqualTo(2);
        Trade.ACCOUNTS.post("/ledger/journals", body).expectProblem(409, "duplicate_reference");
        Answer reversal = Trade.ACCOUNTS
                .post(path + "/reverse", "{\"reason\": \"wrong account\"}")
                .expect(201);
        assertThat(reversal.at("/reversal_of")).isEqualTo(posted.at("/id"));
        assertThat(Trade.ACCOUNTS.get(path).at("/status")).isEqualTo("reversed");
        Trade.ACCOUNTS.post(path + "/reverse", "{\"reason\": \"again\"}").expectProblem(409, "already_reversed");
        assertThat(Trade.ACCOUNTS
                        .get("/ledger/journals?limit=200&period=" + posted.at("/period"))
                        .text())
                .contains(posted.at("/id"));
        Trade.STRANGER.get(path).expectProblem(404, "not_found");
    }

    @Test
    void what_the_ledger_does_not_take_is_said() {
        Trade.ACCOUNTS.post("/ledger/journals", journal("10", "11", "")).expectProblem(422, "not_balanced");
        Trade.ACCOUNTS
                .post("/ledger/journals", journal("10", "10", "").replace("5700", "0001"))
                .expectProblem(422, "account_unknown");
        Trade.ACCOUNTS
                .post("/ledger/journals", journal("10", "10", "").replace("5700", "1200"))
                .expectProblem(422, "control_account");
        Trade.ACCOUNTS
                .post("/ledger/journals", "{\"narration\": \"x\", \"lines\": []}")
                .expect(422);
        Trade.ACCOUNTS.get("/ledger/journals?period=november").expectProblem(422, "period_invalid");
        Trade.ACCOUNTS.get("/ledger/journals/" + Trade.UNKNOWN).expectProblem(404, "not_found");
        Api.as(Flow.AUDITOR).post("/ledger/journals", journal("1", "1", "")).expectProblem(403, "forbidden");
    }

    @Test
    void the_chart_and_the_trial_balance_are_read() {
        Answer chart = Api.as(Flow.AUDITOR).get("/ledger/accounts").expect(200);
        Answer balance = Api.as(Flow.AUDITOR).get("/ledger/trial-balance").expect(200);

        assertThat(chart.text()).contains("\"code\":\"1200\"", "\"control_kind\":\"stock\"");
        assertThat(balance.at("/debit")).isEqualTo(balance.at("/credit")).isNotEmpty();
        assertThat(Api.as(Flow.AUDITOR)
                        .get("/ledger/trial-balance?until=2001-01-01")
                        .body()
                        .path("lines")
                        .size())
                .isZero();
        Api.as(Flow.AUDITOR).get("/ledger/trial-balance?until=x").expectProblem(422, "invalid_date");
    }

    @Test
    void months_are_closed_in_order_and_opened_by_administrators_alone() {
        Api globex = Api.as("admin@globex.test");
        globex.post("/periods/2019-01/close", "").expect(200);
        Answer soft = globex.post("/periods/2019-02/close", "{\"soft\": true}").expect(200);

        assertThat(soft.at("/status")).isEqualTo("soft_closed");
        assertThat(globex.post("/periods/2019-02/close", "{\"soft\": true}")
                        .expect(200)
                        .body()
                        .path("changed")
                        .asBoolean(true))
                .isFalse();
        globex.post("/periods/2019-03/close", "").expectProblem(409, "previous_period_open");
        globex.post("/periods/2019-01/close", "{\"soft\": true}").expectProblem(409, "period_already_closed");
        globex.post("/periods/2019-02/close", "").expect(200);
        globex.post("/periods/2019-01/reopen", "").expectProblem(409, "next_period_closed");
        assertThat(globex.get("/periods").expect(200).text()).contains("2019-02", "closed");
        Trade.ACCOUNTS.post("/periods/2019-02/reopen", "").expectProblem(403, "forbidden");
        assertThat(globex.post("/periods/2019-02/reopen", "").expect(200).at("/status"))
                .isEqualTo("open");
        globex.post("/periods/2019-01/reopen", "").expect(200);
        globex.post("/periods/never/close", "").expectProblem(404, "not_found");
    }

    @Test
    void books_are_locked_up_to_a_day_that_is_over_by_administrators_alone() {
        Api globex = Api.as("admin@globex.test");

        assertThat(globex.call("PUT", "/periods/lock", "{\"to\": \"2018-03-31\"}")
                        .expect(200)
                        .at("/to"))
                .isEqualTo("2018-03-31");
        assertThat(globex.get("/periods/lock").expect(200).at("/to")).isEqualTo("2018-03-31");
        globex.call("PUT", "/periods/lock", "{\"to\": \"2999-01-01\"}").expectProblem(422, "date_invalid");
        Trade.ACCOUNTS.call("PUT", "/periods/lock", "{}").expectProblem(403, "forbidden");

        globex.call("PUT", "/periods/lock", "{}").expect(200);
        assertThat(globex.get("/periods/lock").body().path("to").isNull()).isTrue();
    }
}
