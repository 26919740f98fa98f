package dev.millrace.server.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Trade;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ClaimApiTest {
    private static final Api WAREHOUSE = Trade.WAREHOUSE;
    private static final Api SALES = Api.as("sales.head@acme.test");

    private static String claim(String more) {
        return """
                {"category": "travel", %s "lines": [
                   {"date": "2026-11-02", "description": "Train", "amount": "1820.00", "has_receipt": true},
                   {"date": "2026-11-03", "description": "Taxi", "amount": 240.5, "has_receipt": false}]}""".formatted(more);
    }

    @Test
    void every_member_submits_and_sees_their_own() {
        Answer made = WAREHOUSE.post("/expense-claims", claim("")).expect(201);
        String path = "/expense-claims/" + made.at("/id");

        assertThat(made.header("location")).isEqualTo("/api/v1" + path);
        assertThat(made.at("/amount")).isEqualTo("2060.50");
        assertThat(made.at("/employee/email")).isEqualTo("warehouse@acme.test");
        assertThat(WAREHOUSE.get(path).expect(200).body().path("lines").size()).isEqualTo(2);
        SALES.get(path).expectProblem(404, "not_found");
        assertThat(SALES.get("/expense-claims").text()).doesNotContain(made.at("/id"));
        assertThat(WAREHOUSE.get("/expense-claims?status=submitted").text()).contains(made.at("/id"));
        assertThat(Trade.ACCOUNTS
                        .get("/expense-claims?employee_id=" + made.at("/employee/id"))
                        .text())
                .contains(made.at("/id"));
        Trade.STRANGER.get(path).expectProblem(404, "not_found");
    }

    @Test
    void in_anothers_name_it_is_the_work_of_accounts_and_nobody_approves_their_own() {
        String auditor = WAREHOUSE.get("/me").at("/user/id");
        SALES.post("/expense-claims", claim("\"employee_id\": \"%s\",".formatted(auditor)))
                .expectProblem(403, "forbidden");
        Answer own = Trade.ACCOUNTS.post("/expense-claims", claim("")).expect(201);
        Answer others = Trade.ACCOUNTS
                .post("/expense-claims", claim("\"employee_id\": \"%s\",".formatted(auditor)))
                .expect(201);

        Trade.ACCOUNTS
                .post("/expense-claims/" + own.at("/id") + "/approve", "")
                .expectProblem(403, "segregation_of_duties");
        Trade.ACCOUNTS
                .post("/expense-claims/" + others.at("/id") + "/approve", "{\"amount\": \"9999\"}")
                .expectProblem(422, "amount_above_claim");
        Answer approved = Trade.ACCOUNTS
                .post("/expense-claims/" + others.at("/id") + "/approve", "{\"amount\": \"2000\"}")
                .expect(200);
        assertThat(approved.at("/status")).isEqualTo("approved");
        assertThat(approved.at("/approved_amount")).isEqualTo("2000.00");
        Trade.ACCOUNTS
                .post("/expense-claims/" + others.at("/id") + "/reject", "{\"reason\": \"late\"}")
                .expectProblem(409, "wrong_state");
        assertThat(Trade.ADMIN
                        .post("/expense-claims/" + own.at("/id") + "/reject", "{\"reason\": \"no receipt\"}")
                        .expect(200)
                        .at("/reject_reason"))
                .isEqualTo("no receipt");
    }

    @Test
    void what_is_wrong_with_a_claim_is_said_all_at_once() {
        Answer refused = WAREHOUSE.post("/expense-claims", """
                {"category": "", "lines": [{"date": "yesterday", "description": "x", "amount": "a", "has_receipt": 1}]}""").expect(422);

        assertThat(StreamSupport.stream(refused.body().path("errors").spliterator(), false)
                        .map(error -> error.path("path").asString("")))
                .contains("category", "lines[0].date", "lines[0].amount", "lines[0].has_receipt");
        WAREHOUSE.post("/expense-claims", claim("").replace("1820.00", "-1")).expectProblem(422, "amount_invalid");
        WAREHOUSE
                .post("/expense-claims", claim("\"manager_id\": \"%s\",".formatted(Trade.UNKNOWN)))
                .expectProblem(422, "manager_unknown");
        WAREHOUSE.post("/expense-claims", claim("\"currency\": \"USD\",")).expectProblem(422, "rate_missing");
        WAREHOUSE.post("/expense-claims/" + Trade.UNKNOWN + "/approve", "").expectProblem(403, "forbidden");
        Api.as(Flow.ADMIN)
                .post("/expense-claims/" + Trade.UNKNOWN + "/approve", "nonsense")
                .expectProblem(404, "not_found");
    }
}
