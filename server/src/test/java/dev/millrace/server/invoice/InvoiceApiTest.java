package dev.millrace.server.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Trade;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class InvoiceApiTest {
    private static final String REASON = "{\"reason\": \"looked at it\"}";

    private static String today() {
        return LocalDate.parse(Trade.ADMIN.get("/admin/clock").at("/now").substring(0, 10))
                .toString();
    }

    private static Answer bill(String order) {
        return Trade.ACCOUNTS.post("/supplier-invoices", """
                {"supplier_code": "S0001", "invoice_number": "%s", "invoice_date": "%s", "purchase_order_id": "%s",
                 "total": "4335.32",
                 "lines": [{"po_line_no": 1, "quantity": "10", "unit_price": "367.40", "igst": "661.32"}]}""".formatted(Flow.newName(), today(), order));
    }

    /** Dear enough that no rule releases it. */
    private static Answer billWithoutOrder() {
        return Trade.ACCOUNTS
                .post("/supplier-invoices", """
                {"supplier_code": "S0001", "invoice_number": "%s", "invoice_date": "%s", "total": "47200.00",
                 "lines": [{"description": "Repairs", "quantity": "1", "unit_price": "40000", "gst_rate": "18", "igst": "7200.00"}]}""".formatted(Flow.newName(), today()))
                .expect(201);
    }

    @Test
    void an_invoice_that_agrees_with_order_and_receipt_is_released_and_taken_back() {
        String order = Trade.approvedOrder();
        Trade.receive(order, "10").expect(201);

        Answer received = bill(order).expect(201);
        String path = "/supplier-invoices/" + received.at("/id");
        // The company's own workflow holds it against order and receipt.
        await().atMost(Trade.SOON)
                .until(() -> Trade.ACCOUNTS.get(path).at("/status").equals("released"));
        Answer released = Trade.ACCOUNTS.post(path + "/release", "").expect(200);

        assertThat(received.header("location")).isEqualTo("/api/v1" + path);
        assertThat(released.at("/status")).isEqualTo("released");
        assertThat(released.at("/match_result/outcome")).isEqualTo("matched");
        assertThat(released.at("/open_amount")).isEqualTo("4335.32");
        assertThat(Trade.ACCOUNTS
                        .get("/ledger/journals/" + released.at("/journal_id"))
                        .at("/source_id"))
                .isEqualTo(received.at("/id"));
        assertThat(Trade.ACCOUNTS
                        .get("/supplier-invoices?status=released&purchase_order_id=" + order + "&supplier_id="
                                + received.at("/supplier_id"))
                        .at("/items/0/id"))
                .isEqualTo(received.at("/id"));
        Trade.ACCOUNTS.post(path + "/match", "").expectProblem(409, "wrong_state");
        Trade.ACCOUNTS.post(path + "/reject", REASON).expectProblem(409, "wrong_state");
        assertThat(Trade.ACCOUNTS.post(path + "/reverse", REASON).expect(200).at("/status"))
                .isEqualTo("reversed");
    }

    @Test
    void by_hand_it_is_held_lifted_and_refused_but_not_released_without_an_approval() {
        Answer received = billWithoutOrder();
        String path = "/supplier-invoices/" + received.at("/id");
        Answer matched = Trade.PROCUREMENT.post(path + "/match", "").expect(200);

        assertThat(matched.at("/outcome")).isEqualTo("variance");
        Trade.ACCOUNTS.post(path + "/release", "").expectProblem(409, "not_matched");
        Trade.PROCUREMENT.post(path + "/release", "").expectProblem(403, "forbidden");
        Answer held = Trade.PROCUREMENT
                .post(path + "/hold", "{\"code\": \"price\", \"reason\": \"too dear\"}")
                .expect(200);
        assertThat(held.at("/status")).isEqualTo("on_hold");
        assertThat(held.at("/hold_code")).isEqualTo("price");
        assertThat(Trade.PROCUREMENT.post(path + "/lift", REASON).expect(200).at("/status"))
                .isEqualTo("received");
        Answer rejected = Trade.PROCUREMENT.post(path + "/reject", REASON).expect(200);
        assertThat(rejected.at("/end_reason")).contains("looked at it");
        Trade.ACCOUNTS.post(path + "/release", "").expectProblem(409, "wrong_state");
        Trade.ACCOUNTS.post(path + "/cancel", REASON).expectProblem(409, "wrong_state");
    }

    @Test
    void who_read_an_older_state_changes_nothing() {
        Answer received = billWithoutOrder();
        String path = "/supplier-invoices/" + received.at("/id");
        String tag = received.header("etag");
        Trade.ACCOUNTS.post(path + "/match", "").expect(200);

        Trade.ACCOUNTS.call("POST", path + "/cancel", REASON, "If-Match", tag).expectProblem(412, "stale");
        String now = Trade.ACCOUNTS.get(path).header("etag");

        assertThat(now).isNotEqualTo(tag);
        assertThat(Trade.ADMIN.get(path).at("/status")).isNotEqualTo("cancelled");
    }

    @Test
    void the_same_number_again_is_kept_as_a_duplicate() {
        Answer first = billWithoutOrder();
        Answer second = Trade.ACCOUNTS
                .post("/supplier-invoices", """
                {"supplier_code": "S0001", "invoice_number": "%s", "invoice_date": "%s", "total": "47200.00",
                 "lines": [{"description": "Repairs", "quantity": "1", "unit_price": "40000", "gst_rate": "18", "igst": "7200.00"}]}""".formatted(
                                first.at("/invoice_number").toUpperCase(java.util.Locale.ROOT), today()))
                .expect(201);

        assertThat(second.at("/duplicate_of")).isEqualTo(first.at("/id"));
    }

    @Test
    void what_is_wrong_with_an_invoice_is_said() {
        Answer refused = Trade.ACCOUNTS.post("/supplier-invoices", """
                {"supplier_code": "NO-SUCH", "invoice_number": "X 1", "invoice_date": "%s", "total": "1", "lines": [{"quantity": "1", "unit_price": "1"}]}""".formatted(today()));
        refused.expectProblem(422, "supplier_unknown");
        Trade.ACCOUNTS.post("/supplier-invoices", "{\"lines\": []}").expect(422);
        Trade.ACCOUNTS.get("/supplier-invoices?status=nonsense").expectProblem(422, "not_one_of");
        Trade.ACCOUNTS.get("/supplier-invoices/" + Trade.UNKNOWN).expectProblem(404, "not_found");
        Trade.ACCOUNTS
                .post("/supplier-invoices/" + Trade.UNKNOWN + "/hold", "nonsense")
                .expectProblem(404, "not_found");
        String id = billWithoutOrder().at("/id");
        Trade.ACCOUNTS.post("/supplier-invoices/" + id + "/hold", "{}").expectProblem(422, "required");
        Trade.STRANGER.get("/supplier-invoices/" + id).expectProblem(404, "not_found");
    }

    @Test
    void tolerances_are_a_policy_of_the_company_and_of_a_supplier() {
        String path = "/admin/match-tolerances?supplier_id=" + Trade.supplier("S0090");

        assertThat(Trade.PROCUREMENT.get(path).expect(200).at("/price_percent")).isEqualTo("2");
        Answer set =
                Trade.ADMIN.call("PUT", path, "{\"price_percent\": \"3.5\"}").expect(200);

        assertThat(set.at("/price_percent")).isEqualTo("3.5");
        assertThat(set.at("/price_amount")).isEqualTo("1000");
        assertThat(Trade.PROCUREMENT.get("/admin/match-tolerances").at("/price_percent"))
                .isEqualTo("2");
        Answer wrong = Trade.ADMIN.call("PUT", path, "{\"price_percent\": -1, \"tax_amount\": \"0.00001\"}");
        assertThat(wrong.expect(422).text()).contains("price_percent", "tax_amount");
        Trade.ADMIN
                .call("PUT", "/admin/match-tolerances?supplier_id=" + Trade.UNKNOWN, "nonsense")
                .expectProblem(404, "not_found");
        Trade.PROCUREMENT.call("PUT", path, "{}").expectProblem(403, "forbidden");
    }
}
