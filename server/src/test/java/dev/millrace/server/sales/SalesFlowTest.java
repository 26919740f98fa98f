package dev.millrace.server.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** From a customer to his order, what leaves for it and what it is sold for, through the API alone. */
class SalesFlowTest {
    private static final Api FARAH = Api.as("sales.head@acme.test");
    private static final Api IMRAN = Api.as("warehouse@acme.test");
    private static final AtomicInteger CODES = new AtomicInteger();

    @Test
    void an_order_is_drafted_changed_submitted_confirmed_and_delivered() {
        String customer = customer("500000");
        confirmAtOnce(customer);
        Answer draft = FARAH.post("/sales-orders", order(customer, "2", ", \"submit\": false"))
                .expect(201);
        String path = "/sales-orders/" + draft.at("/id");

        assertThat(draft.header("location")).isEqualTo("/api/v1" + path);
        assertThat(draft.at("/status")).isEqualTo("draft");
        assertThat(draft.at("/order_number")).startsWith("SO/");
        String tag = FARAH.get(path).expect(200).header("etag");
        Answer changed = FARAH.call("PUT", path, order(customer, "3", ""), "If-Match", tag)
                .expect(200);
        assertThat(changed.at("/lines/0/quantity")).isEqualTo("3");
        assertThat(changed.at("/net_amount")).isEqualTo("11205.00");
        assertThat(changed.at("/discount_percent")).isEqualTo("10");
        FARAH.call("PUT", path, order(customer, "4", ""), "If-Match", tag).expectProblem(412, "stale");

        Answer submitted = FARAH.post(path + "/submit", "").expect(200);
        assertThat(submitted.at("/routing/kind")).isEqualTo("started");
        Flow.awaitOver(submitted.at("/routing/executions/0"));
        Answer confirmed = FARAH.get(path).expect(200);
        assertThat(confirmed.at("/status")).isEqualTo("confirmed");
        assertThat(confirmed.at("/lines/0/reserved_quantity")).isEqualTo("3");
        FARAH.post(path + "/submit", "").expectProblem(409, "wrong_state");
        FARAH.call("PUT", path, order(customer, "4", "")).expectProblem(409, "wrong_state");

        Answer part = IMRAN.post("/deliveries", """
                        {"sales_order_id": "%s", "reference": "LR 17", "lines": [{"line_no": 1, "quantity": 2}]}""".formatted(draft.at("/id"))).expect(201);
        assertThat(part.at("/delivery_number")).startsWith("DN/");
        assertThat(part.at("/lines/0/quantity")).isEqualTo("2");
        assertThat(part.at("/cost_amount")).isEqualTo("8300.00");
        IMRAN.post("/deliveries", """
                        {"sales_order_id": "%s", "lines": [{"line_no": 1, "quantity": 2}]}""".formatted(draft.at("/id"))).expectProblem(422, "over_delivery");
        FARAH.post("/deliveries", "{\"sales_order_id\": \"" + draft.at("/id") + "\"}")
                .expect(201);
        assertThat(FARAH.get(path).at("/status")).isEqualTo("delivered");
        assertThat(FARAH.get("/deliveries?sales_order_id=" + draft.at("/id"))
                        .expect(200)
                        .body()
                        .path("items")
                        .size())
                .isEqualTo(2);

        String reverse = "/deliveries/" + part.at("/id") + "/reverse";
        IMRAN.post(reverse, "{}").expectProblem(422, "required");
        assertThat(IMRAN.post(reverse, "{\"reason\": \"wrong drum\"}")
                        .expect(200)
                        .at("/status"))
                .isEqualTo("reversed");
        assertThat(IMRAN.get("/deliveries/" + part.at("/id")).at("/reverse_reason"))
                .isEqualTo("wrong drum");
        assertThat(FARAH.get(path).at("/status")).isEqualTo("part_delivered");
    }

    @Test
    void what_is_wrong_with_an_order_or_a_delivery_is_said() {
        String customer = customer("500000");
        Answer faulty = FARAH.post("/sales-orders", """
                        {"customer_code": "NOBODY", "currency": "EUR", "lines": [{"item_code": "PNT-SYN-20L", "quantity": 0}]}""").expectProblem(422, "invalid_input");

        assertThat(faulty.text())
                .contains("customer_unknown", "currency_unknown", "lines[0].quantity", "price_missing");
        FARAH.post("/deliveries", "{\"sales_order_id\": \"00000000-0000-0001-0000-000000000001\"}")
                .expectProblem(422, "order_unknown");
        Answer draft = FARAH.post("/sales-orders", order(customer, "1", ", \"submit\": false"))
                .expect(201);
        FARAH.post("/deliveries", "{\"sales_order_id\": \"" + draft.at("/id") + "\"}")
                .expectProblem(409, "wrong_state");
        FARAH.get("/sales-orders/x").expectProblem(404, "not_found");
        FARAH.get("/deliveries/x").expectProblem(404, "not_found");
    }

    @Test
    void who_may_not_sell_neither_writes_nor_sees_orders() {
        String customer = customer("500000");
        Answer draft = FARAH.post("/sales-orders", order(customer, "1", ", \"submit\": false"))
                .expect(201);
        String path = "/sales-orders/" + draft.at("/id");

        IMRAN.post("/sales-orders", order(customer, "1", "")).expectProblem(403, "forbidden");
        IMRAN.get(path).expectProblem(404, "not_found");
        assertThat(IMRAN.get("/sales-orders").expect(200).body().path("items").size())
                .isZero();
        IMRAN.get("/customers").expectProblem(403, "forbidden");
        Api.as(Flow.AUDITOR).get(path).expect(200);
        Api.as(Flow.AUDITOR).post(path + "/submit", "").expectProblem(403, "forbidden");
        Api.as(Flow.AUDITOR)
                .post("/deliveries", "{\"sales_order_id\": \"" + draft.at("/id") + "\"}")
                .expectProblem(403, "forbidden");
        Api.as(Flow.REQUESTER).get("/deliveries").expectProblem(403, "forbidden");
        Api.as("admin@globex.test").get("/customers").expectProblem(403, "forbidden");
    }

    @Test
    void an_approver_sees_the_order_that_he_is_asked_about() {
        String customer = customer("500000");
        define("""
                workflow:
                  name: %s
                  enabled: true
                  trigger: { event: sales_order.created, condition: "trigger.customer_id == '%s'" }
                  steps:
                    - id: ask
                      action: erp.approval.request
                      config: { role: Accounts, entity_type: sales_order, entity_id: "{{ trigger.id }}", requester: "{{ trigger.requested_by }}" }
                """, customer);
        Answer raised = FARAH.post("/sales-orders", order(customer, "1", "")).expect(201);
        String request = Flow.requestOf(raised.at("/routing/executions/0"), "Accounts");

        Api accounts = Api.as("accounts@acme.test");
        assertThat(accounts.get("/sales-orders/" + raised.at("/id")).expect(200).at("/status"))
                .isEqualTo("pending_approval");
        Answer card = accounts.get("/workflows/approvals/" + request).expect(200);
        assertThat(card.text()).contains(raised.at("/order_number"), "discount_percent", "Highest discount");
        FARAH.call("PUT", "/sales-orders/" + raised.at("/id"), order(customer, "2", ""))
                .expect(200);
        String second = await().atMost(Duration.ofSeconds(30))
                .until(() -> Flow.requestOf(raised.at("/routing/executions/0"), "Accounts"), id -> !id.equals(request));
        accounts.post("/workflows/approvals/" + second + "/approve", "").expect(200);
    }

    @Test
    void customers_are_written_read_and_changed() {
        String code = code();
        Answer made = FARAH.post("/customers", """
                        {"code": "%s", "name": "Konkan Paints", "gstin": "27ZZACM0001A1ZH", "state_code": "27",
                         "email": "buy@konkan.example", "credit_limit": "250000.50", "credit_days": 45}""".formatted(code)).expect(201);
        String path = "/customers/" + made.at("/id");

        assertThat(made.at("/credit_limit")).isEqualTo("250000.50");
        assertThat(made.at("/country")).isEqualTo("IN");
        assertThat(made.at("/treatment")).isEqualTo("regular");
        Answer faulty = FARAH.post("/customers", """
                        {"code": "%s", "name": " ", "gstin": "27ZZACM0001A1ZX", "email": "nobody", "credit_days": 400}""".formatted(code)).expectProblem(422, "invalid_input");
        assertThat(faulty.text()).contains("code_taken", "gstin_invalid", "invalid_form", "credit_days", "name");
        FARAH.post("/customers", "{\"code\": \"" + code() + "\", \"name\": \"x\", \"gstin\": \"27ZZACM0001A1ZH\"}")
                .expectProblem(422, "gstin_taken");
        FARAH.post("/customers", "{\"code\": \"" + code() + "\", \"name\": \"x\", \"treatment\": \"sez\"}")
                .expectProblem(422, "required");
        FARAH.post("/customers", "{\"code\": \"" + code() + "\", \"name\": \"x\", \"treatment\": \"overseas\"}")
                .expectProblem(422, "treatment_invalid");

        String tag = FARAH.get(path).header("etag");
        Answer changed = FARAH.call(
                        "PUT",
                        path,
                        "{\"code\": \"" + code + "\", \"name\": \"Konkan Coatings\", \"is_key_account\": true}",
                        "If-Match",
                        tag)
                .expect(200);
        assertThat(changed.at("/name")).isEqualTo("Konkan Coatings");
        assertThat(changed.body().path("gstin").isNull()).isTrue();
        FARAH.call("PUT", path, "{\"code\": \"" + code + "\", \"name\": \"x\"}", "If-Match", tag)
                .expectProblem(412, "stale");
        Api.as(Flow.AUDITOR)
                .call("PUT", path, "{\"code\": \"" + code + "\", \"name\": \"x\"}")
                .expectProblem(403, "forbidden");
        FARAH.call("PUT", "/customers/x", "{}").expectProblem(404, "not_found");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Api.as(Flow.AUDITOR)
                                .get("/audit-logs?resource_id=" + made.at("/id"))
                                .text())
                        .contains("customer.created", "customer.changed", "Farah Khan"));
    }

    @Test
    void a_change_of_price_is_asked_for_and_seen() {
        String tomorrow = LocalDate.now(ZoneId.of("Asia/Kolkata")).plusDays(400).toString();
        Answer asked = FARAH.post("/price-changes", """
                        {"item_code": "PNT-EMU-20L", "new_price": 4000, "effective_date": "%s", "reason": "steel is dear"}""".formatted(tomorrow)).expect(201);

        assertThat(asked.at("/status")).isEqualTo("requested");
        assertThat(asked.at("/old_price")).isEqualTo("0.00");
        assertThat(asked.at("/change_percent")).isEqualTo("100");
        assertThat(asked.at("/margin_percent_after")).isEqualTo("13.00");
        assertThat(FARAH.get("/price-changes/" + asked.at("/id")).expect(200).at("/reason"))
                .isEqualTo("steel is dear");
        assertThat(FARAH.get("/price-changes?status=requested&item_id=" + asked.at("/item_id"))
                        .expect(200)
                        .text())
                .contains(asked.at("/id"));
        FARAH.post("/price-changes", """
                        {"item_code": "PNT-EMU-20L", "new_price": 0, "effective_date": "2001-01-01"}""").expectProblem(422, "out_of_range");
        FARAH.post("/price-changes", "{\"item_code\": \"NOTHING\", \"new_price\": 1}")
                .expectProblem(422, "item_unknown");
        IMRAN.post("/price-changes", "{\"item_code\": \"PNT-EMU-20L\", \"new_price\": 1}")
                .expectProblem(403, "forbidden");
        IMRAN.get("/price-changes/" + asked.at("/id")).expectProblem(404, "not_found");
    }

    /** Paint at 4,150 less ten percent. */
    private static String order(String customer, String quantity, String more) {
        return """
                {"customer_id": "%s",
                 "lines": [{"item_code": "PNT-SYN-20L", "quantity": "%s", "unit_price": 4150, "discount_percent": 10}]%s}""".formatted(customer, quantity, more);
    }

    private static String customer(String limit) {
        return FARAH.post("/customers", """
                        {"code": "%s", "name": "Customer", "state_code": "27", "credit_limit": %s}""".formatted(code(), limit))
                .expect(201)
                .at("/id");
    }

    private static String code() {
        return "API-" + CODES.incrementAndGet();
    }

    private static void confirmAtOnce(String customer) {
        define("""
                workflow:
                  name: %s
                  enabled: true
                  trigger: { event: sales_order.created, condition: "trigger.customer_id == '%s'" }
                  steps:
                    - id: confirm
                      action: erp.sales_order.confirm
                      config: { sales_order_id: "{{ trigger.id }}" }
                """, customer);
    }

    private static void define(String yaml, String customer) {
        Api.as(Flow.ADMIN)
                .postYaml("/workflows", yaml.formatted(Flow.newName(), customer))
                .expect(201);
    }
}
