package dev.millrace.server.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Trade;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

class TaxApiTest {
    private static String invoice(String more) {
        return """
                {"customer_code": "C0001", %s "lines": [{"item_code": "PNT-SYN-20L", "quantity": 2, "unit_price": "5000"}]}""".formatted(more);
    }

    private static YearMonth lastMonth() {
        return YearMonth.from(LocalDate.parse(
                        Trade.ADMIN.get("/admin/clock").at("/now").substring(0, 10)))
                .minusMonths(2);
    }

    @Test
    void a_draft_is_made_the_tax_invoice_once() {
        Answer draft = Trade.ACCOUNTS.post("/sales-invoices", invoice("")).expect(201);
        String path = "/sales-invoices/" + draft.at("/id");

        assertThat(draft.header("location")).isEqualTo("/api/v1" + path);
        assertThat(draft.at("/status")).isEqualTo("draft");
        Answer made = Trade.ACCOUNTS.post(path + "/post", "").expect(200);
        Answer again = Trade.ACCOUNTS.post(path + "/post", "").expect(200);

        assertThat(made.at("/status")).isEqualTo("posted");
        assertThat(made.at("/amounts/igst")).isEqualTo("1800.00");
        assertThat(made.at("/amounts/total")).isEqualTo("11800.00");
        assertThat(again.at("/made/number")).isEqualTo(made.at("/made/number"));
        assertThat(Api.as("sales.head@acme.test")
                        .get("/sales-invoices?status=posted&customer_id=" + made.at("/customer_id"))
                        .text())
                .contains(made.at("/id"));
        Trade.STRANGER.get(path).expectProblem(404, "not_found");
        Trade.STRANGER.post(path + "/post", "").expectProblem(404, "not_found");
    }

    @Test
    void it_can_be_made_at_once_and_what_is_wrong_is_said() {
        assertThat(Trade.ACCOUNTS
                        .post("/sales-invoices", invoice("\"post\": true,"))
                        .expect(201)
                        .at("/status"))
                .isEqualTo("posted");
        Answer refused = Trade.ACCOUNTS.post("/sales-invoices", """
                {"customer_code": "NO-SUCH", "lines": [{"item_code": "NO-SUCH", "quantity": 0}]}""").expect(422);
        assertThat(refused.text()).contains("customer_unknown", "item_unknown", "lines[0].quantity");
        Trade.ACCOUNTS.post("/sales-invoices", "{\"lines\": [{}]}").expect(422);
        Trade.ACCOUNTS.get("/sales-invoices/" + Trade.UNKNOWN).expectProblem(404, "not_found");
        Api.as("sales.head@acme.test").post("/sales-invoices", invoice("")).expectProblem(403, "forbidden");
    }

    @Test
    void a_statement_is_imported_once_and_counts_in_the_returns() {
        YearMonth month = lastMonth();
        String file = """
                {"data": {"gstin": "27ZZACM0001A1ZH", "rtnprd": "%s", "docdata": {"b2b": [{"ctin": "24AAQCA8719H1ZC",
                 "trdnm": "Seller", "inv": [{"inum": "INV-1", "dt": "%s", "val": 1180, "pos": "27", "itcavl": "Y",
                 "items": [{"txval": 1000, "igst": 180}]}]}]}}}""".formatted(
                        month.format(DateTimeFormatter.ofPattern("MMuuuu")),
                        month.atDay(5).format(DateTimeFormatter.ofPattern("dd-MM-uuuu")));

        Answer imported = Trade.ACCOUNTS.post("/gst/2b/imports", file).expect(200);
        Answer again = Trade.ACCOUNTS.post("/gst/2b/imports", file).expect(200);
        Answer summary = Trade.ACCOUNTS.get("/gst/returns/" + month).expect(200);

        assertThat(imported.at("/itc_available")).isEqualTo("180.00");
        assertThat(again.body().path("changed").asBoolean(true)).isFalse();
        assertThat(summary.at("/itc_available")).isEqualTo("180.00");
        assertThat(summary.body().path("gstr1_filed").asBoolean(true)).isFalse();
        assertThat(Api.as(Flow.AUDITOR).get("/gst/2b/imports").text()).contains("\"period\":\"" + month);
        Trade.ACCOUNTS.post("/gst/2b/imports", "<xml/>").expectProblem(422, "not_json");
        Trade.ACCOUNTS
                .post("/gst/2b/imports", file.replace("27ZZACM0001A1ZH", "27AAPFU0939F1ZV"))
                .expectProblem(422, "gstin_differs");
        Trade.ACCOUNTS.postYaml("/gst/2b/imports", file).expectProblem(415, "unsupported_media_type");
    }

    @Test
    void a_return_is_marked_as_filed_once_when_its_month_is_over() {
        String path = "/gst/returns/" + lastMonth().minusMonths(3);
        String body = "{\"return\": \"gstr3b\", \"arn\": \"AA2701\", \"net_paid\": \"12.50\"}";

        Answer filed = Trade.ACCOUNTS.post(path + "/file", body).expect(200);
        Answer again = Trade.ACCOUNTS.post(path + "/file", body).expect(200);

        assertThat(filed.body().path("changed").asBoolean(false)).isTrue();
        assertThat(again.body().path("changed").asBoolean(true)).isFalse();
        assertThat(Trade.ACCOUNTS.get(path).body().path("gstr3b_filed").asBoolean(false))
                .isTrue();
        Trade.ACCOUNTS.post("/gst/returns/2199-01/file", body).expectProblem(409, "period_invalid");
        Trade.ACCOUNTS.post(path + "/file", "{}").expectProblem(422, "required");
        Trade.ACCOUNTS.get("/gst/returns/never").expectProblem(404, "not_found");
        Api.as(Flow.AUDITOR).post(path + "/file", body).expectProblem(403, "forbidden");
    }
}
