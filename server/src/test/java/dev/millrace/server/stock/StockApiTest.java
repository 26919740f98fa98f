package dev.millrace.server.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Trade;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class StockApiTest {
    private static String code() {
        return Flow.newName().toUpperCase(Locale.ROOT);
    }

    private static String item(String code, String more) {
        return """
                {"code": "%s", "name": "Bolt", "hsn_sac": "731815", "uqc": "NOS", "gst_rate": 18, "standard_cost": "14.75"%s}""".formatted(code, more);
    }

    private static String adjustment(String item, String quantity, String more) {
        return """
                {"item_id": "%s", "warehouse_id": "%s", "quantity": "%s", "reason": "count"%s}""".formatted(item, Trade.warehouse("PUNE"), quantity, more);
    }

    @Test
    void an_item_is_added_changed_and_kept_from_two_who_change_it_at_once() {
        String code = code();
        Answer made = Trade.WAREHOUSE.post("/items", item(code, "")).expect(201);
        String path = "/items/" + made.at("/id");

        assertThat(made.header("location")).isEqualTo("/api/v1" + path);
        assertThat(made.header("etag")).isEqualTo("\"1\"");
        Answer changed = Trade.WAREHOUSE
                .call("PUT", path, item(code, ", \"is_critical\": true"), "If-Match", "\"1\"")
                .expect(200);
        assertThat(changed.header("etag")).isEqualTo("\"2\"");
        Trade.WAREHOUSE.call("PUT", path, item(code, ""), "If-Match", "\"1\"").expectProblem(412, "stale");
        assertThat(Trade.PROCUREMENT.get(path).body().path("is_critical").asBoolean(false))
                .isTrue();
        assertThat(Trade.WAREHOUSE
                        .call("PUT", path, item(code, ", \"is_critical\": true"))
                        .header("etag"))
                .isEqualTo("\"2\"");
    }

    @Test
    void what_is_wrong_with_an_item_is_said_all_at_once() {
        Answer refused = Trade.WAREHOUSE
                .post("/items", """
                {"code": "%s", "name": "Bolt", "hsn_sac": "12", "uqc": "pieces", "gst_rate": 180, "standard_cost": -1,
                 "stock_account": "1000", "expense_account": "1200", "preferred_supplier_id": "%s"}""".formatted(code(), Trade.UNKNOWN))
                .expect(422);
        assertThat(refused.text())
                .contains(
                        "hsn_invalid",
                        "uqc_invalid",
                        "gst_rate",
                        "standard_cost",
                        "stock_account",
                        "expense_account",
                        "supplier_unknown");
        Trade.WAREHOUSE.post("/items", item("CEM-PPC-50", "")).expectProblem(422, "code_taken");
        String cement = "/items/" + Trade.item("CEM-PPC-50");
        Answer fixed = Trade.WAREHOUSE.call(
                "PUT",
                cement,
                item("OTHER", ", \"is_service\": true, \"sales_price\": 5").replace("NOS", "KGS"));
        assertThat(fixed.expect(422).text()).contains("code_fixed", "kind_fixed", "price_change_needed", "hsn_invalid");
        Trade.WAREHOUSE.call("PUT", "/items/" + Trade.UNKNOWN, "nonsense").expectProblem(404, "not_found");
        Api.as(Flow.REQUESTER).post("/items", item(code(), "")).expectProblem(403, "forbidden");
    }

    @Test
    void stock_is_adjusted_listed_and_watched() {
        String code = code();
        String item = Trade.WAREHOUSE.post("/items", item(code, "")).expect(201).at("/id");

        Trade.WAREHOUSE.post("/stock/adjustments", adjustment(item, "10", "")).expectProblem(422, "cost_missing");
        Answer in = Trade.WAREHOUSE
                .post("/stock/adjustments", adjustment(item, "10", ", \"unit_cost\": \"14.75\", \"note\": \"found\""))
                .expect(201);
        assertThat(in.at("/value")).isEqualTo("147.50");
        assertThat(in.at("/journal_id")).isNotEmpty();
        Trade.WAREHOUSE
                .post("/stock/adjustments", adjustment(item, "-11", ""))
                .expectProblem(409, "insufficient_stock");
        Trade.WAREHOUSE.post("/stock/adjustments", adjustment(item, "0", "")).expectProblem(422, "out_of_range");
        Trade.WAREHOUSE
                .post("/stock/adjustments", adjustment(Trade.UNKNOWN, "1", ""))
                .expectProblem(422, "item_unknown");
        Trade.WAREHOUSE.post("/stock/adjustments", adjustment(item, "-4", "")).expect(201);
        Answer watched = Trade.WAREHOUSE
                .call("PUT", "/stock/reorder-levels", """
                        {"item_id": "%s", "warehouse_id": "%s", "reorder_level": 6, "reorder_quantity": 20}""".formatted(item, Trade.warehouse("PUNE")))
                .expect(200);
        assertThat(watched.at("/on_hand")).isEqualTo("6");
        assertThat(watched.at("/below_since")).isNotEmpty();
        assertThat(Trade.WAREHOUSE.get("/stock?below&limit=200").text()).contains(code);
        Answer moves = Trade.WAREHOUSE.get("/stock/movements?item_id=" + item).expect(200);
        assertThat(moves.at("/items/0/quantity")).isEqualTo("-4");
        assertThat(moves.at("/items/1/note")).isEqualTo("found");
    }

    @Test
    void levels_are_walked_by_their_cursor() {
        Answer first = Trade.ADMIN.get("/stock?limit=2").expect(200);
        Answer third = Trade.ADMIN
                .get("/stock?limit=1&cursor=" + first.at("/next_cursor"))
                .expect(200);
        Answer three = Trade.ADMIN.get("/stock?limit=3").expect(200);

        assertThat(third.at("/items/0/item_code")).isEqualTo(three.at("/items/2/item_code"));
        Trade.ADMIN.get("/stock?cursor=eA").expectProblem(400, "invalid_cursor");
        Trade.ADMIN.get("/stock?warehouse_id=x").expectProblem(422, "invalid_id");
        // The module is not theirs at all.
        Trade.STRANGER.get("/stock").expectProblem(403, "forbidden");
    }

    @Test
    void a_warehouse_is_added_and_the_default_is_one_at_a_time() {
        String code = code();
        String body = """
                {"code": "%s", "name": "Nashik store", "state_code": "27", "pin": "422001"%s}""";
        Answer made =
                Trade.WAREHOUSE.post("/warehouses", body.formatted(code, "")).expect(201);
        String path = "/warehouses/" + made.at("/id");
        String usual = "/warehouses/" + Trade.warehouse("PUNE");

        Trade.WAREHOUSE.post("/warehouses", body.formatted(code, "")).expectProblem(422, "code_taken");
        Trade.WAREHOUSE
                .call("PUT", path, body.formatted(code, ", \"is_default\": true"), "If-Match", made.header("etag"))
                .expect(200);
        assertThat(Trade.ADMIN.get(usual).body().path("is_default").asBoolean(true))
                .isFalse();
        Trade.WAREHOUSE
                .call("PUT", path, body.formatted(code, ""), "If-Match", made.header("etag"))
                .expectProblem(412, "stale");
        Answer wrong = Trade.WAREHOUSE.call(
                "PUT",
                path,
                body.formatted(code + "X", ", \"is_default\": true, \"active\": false")
                        .replace("\"27\"", "\"MH\""));
        assertThat(wrong.expect(422).text()).contains("code_fixed", "state_code_invalid", "default_not_active");
        // As it was: other tests receive into it.
        Answer pune = Trade.ADMIN.get(usual);
        Trade.ADMIN
                .call("PUT", usual, """
                        {"code": "PUNE", "name": "%s", "state_code": "27", "address_line1": "%s", "city": "Pune", "pin": "411019", "is_default": true}""".formatted(pune.at("/name"), pune.at("/address_line1")))
                .expect(200);
        Trade.WAREHOUSE.get("/warehouses/" + Trade.UNKNOWN).expectProblem(404, "not_found");
    }
}
