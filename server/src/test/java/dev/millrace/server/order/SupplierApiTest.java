package dev.millrace.server.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Suppliers through the API. */
class SupplierApiTest {
    private static final Api BUYER = Api.as("procurement@acme.test");
    private static final Api ACCOUNTS = Api.as("accounts@acme.test");
    private static final Api REQUESTER = Api.as(Flow.REQUESTER);
    private static final String NOWHERE = new UUID(7, 7).toString();
    private static final AtomicInteger CODES = new AtomicInteger();
    private static final String BANK = """
            {"holder": "Bolts Ltd", "account": "5010 0123 4543 21", "ifsc": "hdfc0001234"}""";

    private static String supplier(String code, String more) {
        return """
                {"code": "%s", "name": "Bolts Ltd", "city": "Pune", "pin": "411019", "msme": "micro",
                 "udyam_no": "UDYAM-MH-01-0012345", "expected_annual_spend": "2500000.50"%s}""".formatted(code, more);
    }

    private static String code() {
        return "T-" + CODES.incrementAndGet();
    }

    @Test
    void a_supplier_is_entered_changed_accepted_by_another_one_and_blocked() {
        String code = code();
        Answer entered = REQUESTER
                .post("/suppliers", supplier(code, ", \"bank\": " + BANK))
                .expect(201);
        String path = "/suppliers/" + entered.at("/id");

        assertThat(entered.header("location")).isEqualTo("/api/v1" + path);
        assertThat(entered.at("/status")).isEqualTo("new");
        assertThat(entered.at("/expected_annual_spend")).isEqualTo("2500000.50");
        assertThat(entered.at("/bank/last4")).isEqualTo("4321");
        assertThat(entered.body().at("/bank/verified").asBoolean()).isFalse();
        assertThat(entered.text()).doesNotContain("501001");
        REQUESTER.call("PUT", path, supplier(code, "")).expectProblem(403, "forbidden");
        String tag = BUYER.get(path).header("etag");
        Answer changed = BUYER.call("PUT", path, supplier(code, ", \"email\": \"a@bolts.example\""), "If-Match", tag)
                .expect(200);
        assertThat(changed.at("/email")).isEqualTo("a@bolts.example");
        BUYER.call("PUT", path, supplier(code, ""), "If-Match", tag).expectProblem(412, "stale");
        BUYER.call("PUT", path, supplier(code, ", \"bank\": " + BANK)).expectProblem(422, "not_here");
        assertThat(BUYER.post(path + "/status", "{\"status\": \"active\"}")
                        .expect(200)
                        .at("/status"))
                .isEqualTo("active");
        BUYER.post(path + "/status", "{\"status\": \"blocked\"}").expectProblem(422, "reason_missing");
        BUYER.post(path + "/status", "{\"status\": \"new\"}").expectProblem(422, "out_of_range");
        BUYER.post(path + "/status", "{\"status\": \"rejected\", \"reason\": \"x\"}")
                .expectProblem(409, "wrong_state");
        assertThat(BUYER.post(path + "/status", "{\"status\": \"blocked\", \"reason\": \"late\"}")
                        .expect(200)
                        .at("/status_reason"))
                .isEqualTo("late");
    }

    @Test
    void who_entered_a_supplier_does_not_accept_it() {
        String path = "/suppliers/"
                + BUYER.post("/suppliers", supplier(code(), ", \"bank\": " + BANK))
                        .expect(201)
                        .at("/id");

        BUYER.post(path + "/status", "{\"status\": \"active\"}").expectProblem(403, "segregation_of_duties");
        ACCOUNTS.post(path + "/status", "{\"status\": \"active\"}").expect(200);
    }

    @Test
    void a_bank_account_is_shown_in_full_to_accounts_alone() {
        String path = "/suppliers/"
                + BUYER.post("/suppliers", supplier(code(), "")).expect(201).at("/id");
        ACCOUNTS.get(path + "/bank").expectProblem(404, "not_found");

        Answer changed = BUYER.call("PUT", path + "/bank", BANK).expect(200);

        assertThat(changed.at("/bank/last4")).isEqualTo("4321");
        BUYER.get(path + "/bank").expectProblem(403, "forbidden");
        Api.as(Flow.ADMIN).get(path + "/bank").expectProblem(403, "forbidden");
        Answer full = ACCOUNTS.get(path + "/bank").expect(200);
        assertThat(full.at("/account")).isEqualTo("50100123454321");
        assertThat(full.at("/ifsc")).isEqualTo("HDFC0001234");
        BUYER.call("PUT", path + "/bank", "{\"holder\": \"x\", \"account\": \"1\"}")
                .expectProblem(422, "invalid_input");
        REQUESTER.call("PUT", path + "/bank", BANK).expectProblem(403, "forbidden");
        String unknown = "/suppliers/" + NOWHERE;
        BUYER.call("PUT", unknown + "/bank", "{}").expectProblem(404, "not_found");
        BUYER.call("PUT", unknown, "{}").expectProblem(404, "not_found");
        BUYER.post(unknown + "/status", "{}").expectProblem(404, "not_found");
    }

    @Test
    void all_that_is_wrong_is_said_at_once_and_a_code_is_given_once() {
        Answer wrong = BUYER.post("/suppliers", """
                        {"code": "-", "name": "Bolts", "gstin": "27AAPFU0939F1ZW", "pin": "1"}""").expectProblem(422, "invalid_input");
        assertThat(wrong.text()).contains("gstin_invalid").contains("\"pin\"");

        BUYER.post("/suppliers", supplier("S0001", "")).expectProblem(422, "code_taken");
        BUYER.post("/suppliers", "{\"code\": \"X\"}").expectProblem(422, "required");
        Api.as("auditor@acme.test").post("/suppliers", "{}").expectProblem(403, "forbidden");
    }

    @Test
    void a_list_shows_one_state() {
        String code = code();
        BUYER.post("/suppliers", supplier(code, "")).expect(201);

        Answer fresh = BUYER.get("/suppliers?status=new&limit=200").expect(200);

        assertThat(fresh.text()).contains(code).doesNotContain("\"active\"");
    }

    @Test
    void an_order_says_where_each_line_goes_and_is_closed_when_something_came() {
        Answer first = REQUESTER.post("/purchase-orders", """
                        {"supplier_code": "S0001", "submit": false,
                         "lines": [{"item_code": "CEM-PPC-50", "quantity": 10, "unit_price": 367.40}]}""").expect(201);
        String usual = first.at("/lines/0/warehouse_id");
        assertThat(usual).isNotEmpty();

        Answer other = REQUESTER.post("/purchase-orders", """
                        {"supplier_code": "S0001", "submit": false, "lines": [{"item_code": "CEM-PPC-50", "quantity": 10,
                         "unit_price": 367.40, "warehouse_id": "%s"}]}""".formatted(usual)).expect(201);
        assertThat(other.at("/lines/0/warehouse_id")).isEqualTo(usual);
        REQUESTER.post("/purchase-orders", """
                        {"supplier_code": "S0001", "submit": false, "lines": [{"item_code": "CEM-PPC-50", "quantity": 10,
                         "unit_price": 367.40, "warehouse_id": "%s"}]}""".formatted(NOWHERE)).expectProblem(422, "warehouse_unknown");
        String close = "/purchase-orders/" + first.at("/id") + "/close";
        REQUESTER.post(close, "{}").expectProblem(403, "forbidden");
        BUYER.post(close, "{}").expectProblem(409, "wrong_state");
        BUYER.post("/purchase-orders/" + NOWHERE + "/close", "{}").expectProblem(404, "not_found");
    }
}
