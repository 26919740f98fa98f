package dev.millrace.server.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Trade;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Changes of prices that people apply and refuse by hand. */
class PriceDecisionApiTest {
    private static final Api FARAH = Api.as("sales.head@acme.test");
    private static final AtomicInteger PRICES = new AtomicInteger(7_000);

    /** Of a day that never comes in a test, so that orders of other tests keep their prices. */
    private static Answer requested(Api who, int price) {
        return who.post("/price-changes", """
                        {"item_code": "PNT-EMU-20L", "new_price": %d, "effective_date": "%s"}""".formatted(
                                price, LocalDate.now(ZoneId.of("Asia/Kolkata")).plusYears(20)))
                .expect(201);
    }

    private static Answer approve(Api who, String change) {
        return who.post("/price-changes/" + change + "/approve", "");
    }

    private static Answer reject(Api who, String change) {
        return who.post("/price-changes/" + change + "/reject", "{\"reason\": \"too dear\"}");
    }

    @Test
    void a_price_on_which_no_workflow_decides_is_applied_by_another_than_who_asked() {
        String change = requested(FARAH, PRICES.incrementAndGet()).at("/id");

        assertThat(approve(FARAH, change)
                        .expectProblem(403, "segregation_of_duties")
                        .at("/detail"))
                .contains("the price of PNT-EMU-20L", "nobody approves their own");
        Answer applied = approve(Trade.ADMIN, change).expect(200);
        Answer again = approve(Trade.ADMIN, change).expect(200);

        assertThat(applied.at("/status")).isEqualTo("applied");
        assertThat(applied.at("/decided_by")).isEqualTo("Lakshmi Menon");
        assertThat(again.at("/decided_at")).isEqualTo(applied.at("/decided_at"));
        assertThat(reject(FARAH, change).expectProblem(409, "wrong_state").at("/detail"))
                .contains("is applied already: ask for another one");
        await().atMost(Trade.SOON)
                .untilAsserted(() -> assertThat(Api.as(Flow.AUDITOR)
                                .get("/audit-logs?resource_id=" + change)
                                .body()
                                .path("items")
                                .valueStream()
                                .filter(entry -> entry.path("type").asString("").equals("price_change.applied"))
                                .map(entry -> entry.at("/actor/name").asString("")))
                        .containsExactly("Lakshmi Menon"));
    }

    @Test
    void who_asked_for_a_price_may_take_that_back() {
        String change = requested(FARAH, PRICES.incrementAndGet()).at("/id");
        FARAH.post("/price-changes/" + change + "/reject", "{}").expectProblem(422, "required");

        Answer refused = reject(FARAH, change).expect(200);

        assertThat(refused.at("/status")).isEqualTo("refused");
        assertThat(refused.at("/decide_reason")).isEqualTo("too dear");
        reject(FARAH, change).expect(200);
        approve(Trade.ADMIN, change).expectProblem(409, "wrong_state");
    }

    @Test
    void as_long_as_a_workflow_asks_no_hand_applies_and_a_refusal_ends_it() {
        int price = PRICES.incrementAndGet();
        Api.as(Flow.ADMIN)
                .postYaml("/workflows", """
                        workflow:
                          name: %s
                          enabled: true
                          trigger: { event: price_change.requested, condition: trigger.new_price == %d }
                          steps:
                            - id: ask
                              action: erp.approval.request
                              config: { role: Accounts, entity_type: price_change, entity_id: "{{ trigger.id }}", requester: "{{ trigger.requested_by }}" }
                            - id: apply
                              action: erp.price_change.apply
                              depends_on: ask
                              config: { price_change_id: "{{ trigger.id }}", decision: apply }
                        """.formatted(Flow.newName(), price))
                .expect(201);
        Answer asked = requested(FARAH, price);
        approve(Trade.ADMIN, asked.at("/id")).expectProblem(409, "being_decided");
        String request = Flow.requestOf(asked.at("/executions/0"), "Accounts");

        assertThat(approve(Trade.ADMIN, asked.at("/id"))
                        .expectProblem(409, "being_decided")
                        .at("/decider/approval_id"))
                .isEqualTo(request);
        reject(FARAH, asked.at("/id")).expect(200);

        assertThat(Trade.ACCOUNTS
                        .post("/workflows/approvals/" + request + "/approve", "")
                        .expectProblem(409, "cancelled")
                        .at("/detail"))
                .isEqualTo(
                        "There is nothing to decide any more: The price of PNT-EMU-20L was refused by Farah Khan: too dear");
        assertThat(FARAH.get("/price-changes/" + asked.at("/id")).at("/status")).isEqualTo("refused");
    }

    @Test
    void only_who_writes_in_sales_decides_by_hand() {
        String change = requested(FARAH, PRICES.incrementAndGet()).at("/id");
        for (String who : List.of(Flow.REQUESTER, Flow.FINANCE_HEAD, Flow.AUDITOR, "procurement@acme.test")) {
            approve(Api.as(who), change).expectProblem(403, "forbidden");
            reject(Api.as(who), change).expectProblem(403, "forbidden");
        }
        for (String id : List.of(Trade.UNKNOWN, "x")) {
            approve(FARAH, id).expectProblem(404, "not_found");
            reject(FARAH, id).expectProblem(404, "not_found");
        }
        reject(FARAH, change).expect(200);
    }
}
