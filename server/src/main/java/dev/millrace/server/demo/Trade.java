package dev.millrace.server.demo;

import dev.millrace.engine.Json;
import dev.millrace.erp.demo.DemoStep;
import dev.millrace.server.demo.Caller.Answer;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people of acme do once orders are approved: take goods in, enter invoices, pay, sell, use up stock. Over the API, each
 * as himself. Safe for use by many threads, also while the server is away: what was sent then is sent again with the same key,
 * and done once.
 */
final class Trade {
    private static final String BILLS = "/supplier-invoices";

    private final Function<Person, Caller> callers;
    private final Supplier<LocalDate> today;
    private final Map<Person, Caller> known = new ConcurrentHashMap<>();

    /** @param today as the server has it */
    Trade(Function<Person, Caller> callers, Supplier<LocalDate> today) {
        this.callers = callers;
        this.today = today;
    }

    /**
     * A supplier's invoice as it is now.
     *
     * @param number the company's own
     * @param status as the API writes it: {@code on_hold}
     * @param holdCode why it is on hold: {@code receipt}
     */
    record Bill(
            UUID id,
            UUID supplier,
            String number,
            String status,
            Optional<String> holdCode,
            BigDecimal total,
            BigDecimal open) {

        static Bill of(JsonNode bill) {
            return new Bill(
                    idOf(bill, "id"),
                    idOf(bill, "supplier_id"),
                    bill.path("internal_number").asString(),
                    bill.path("status").asString(),
                    Optional.of(bill.path("hold_code").asString("")).filter(code -> !code.isEmpty()),
                    decimal(bill, "total_amount"),
                    decimal(bill, "open_amount"));
        }

        /** Nothing is posted, and it may be. */
        boolean isUndecided() {
            return status.equals("received") || status.equals("on_hold");
        }

        boolean waitsForGoods() {
            return holdCode.equals(Optional.of("receipt"));
        }
    }

    /** What there is of an item in a warehouse. */
    record Level(
            UUID item,
            UUID warehouse,
            String name,
            BigDecimal onHand,
            BigDecimal onOrder,
            BigDecimal projected,
            BigDecimal reorderLevel,
            BigDecimal reorderQuantity) {

        private static Level of(JsonNode level) {
            return new Level(
                    idOf(level, "item_id"),
                    idOf(level, "warehouse_id"),
                    level.path("item_name").asString(),
                    decimal(level, "on_hand"),
                    decimal(level, "on_order"),
                    decimal(level, "projected"),
                    decimal(level, "reorder_level"),
                    decimal(level, "reorder_qty"));
        }
    }

    /**
     * Goods came for a line of an order, or a service was done.
     *
     * @return the receipt
     * @throws TradeRefused they were not taken in
     */
    UUID receive(Person who, UUID order, int line, BigDecimal quantity) {
        ObjectNode body = Json.object().put("purchase_order_id", order.toString());
        body.putArray("lines").addObject().put("line_no", line).put("quantity", quantity.toPlainString());
        return idOf(write(who, "take goods in", "/goods-receipts", body), "id");
    }

    /**
     * Goods went back.
     *
     * @throws TradeRefused they did not
     */
    void giveBack(Person who, UUID receipt, String reason) {
        write(
                who,
                "send goods back",
                "/goods-receipts/" + receipt + "/reverse",
                Json.object().put("reason", reason));
    }

    /**
     * A supplier's invoice for a line of his order came.
     *
     * @param supplier his code
     * @return its id
     */
    UUID bill(Person who, String supplier, UUID order, DemoStep.Invoice invoice, LocalDate date) {
        ObjectNode body = Json.object()
                .put("supplier_code", supplier)
                .put("invoice_number", invoice.number())
                .put("invoice_date", date.toString())
                .put("purchase_order_id", order.toString())
                .put("total", invoice.total().toPlainString());
        body.putArray("lines")
                .addObject()
                .put("po_line_no", invoice.line())
                .put("quantity", invoice.quantity().toPlainString())
                .put("unit_price", invoice.unitPrice().toPlainString())
                .put("cgst", invoice.cgst().toPlainString())
                .put("sgst", invoice.sgst().toPlainString())
                .put("igst", invoice.igst().toPlainString());
        return idOf(write(who, "enter an invoice", BILLS, body), "id");
    }

    /** A supplier's invoice as it is now. */
    Bill look(Person who, UUID bill) {
        Caller caller = caller(who);
        return Bill.of(caller.expect("open an invoice", caller.get(BILLS + "/" + bill)));
    }

    /** Suppliers' invoices that are in the books and not paid. */
    List<Bill> unpaid(Person who) {
        return all(who, BILLS + "?status=released").stream().map(Bill::of).toList();
    }

    /**
     * A supplier takes an invoice back.
     *
     * @throws TradeRefused it is not taken back any more
     */
    void takeBack(Person who, Bill bill, String reason) {
        write(
                who,
                "take an invoice back",
                BILLS + "/" + bill.id() + (bill.isUndecided() ? "/cancel" : "/reverse"),
                Json.object().put("reason", reason));
    }

    /**
     * Drafts a payment to a supplier.
     *
     * @param amounts what of it pays which invoice
     * @return the payment
     * @throws TradeRefused it may not be paid, or not so much
     */
    UUID draftPayment(Person who, UUID supplier, Map<UUID, BigDecimal> amounts) {
        ObjectNode body = Json.object()
                .put("direction", "outgoing")
                .put("party_type", "supplier")
                .put("party_id", supplier.toString())
                .put("method", "bank_transfer")
                .put(
                        "amount",
                        amounts.values().stream()
                                .reduce(BigDecimal.ZERO, BigDecimal::add)
                                .toPlainString());
        var allocations = body.putArray("allocations");
        amounts.forEach((bill, amount) -> allocations
                .addObject()
                .put("document_type", "supplier_invoice")
                .put("document_id", bill.toString())
                .put("amount", amount.toPlainString()));
        return idOf(write(who, "draft a payment", "/payments", body), "id");
    }

    /** Posts a draft that is in no run. */
    void postPayment(Person who, UUID payment) {
        write(who, "post a payment", "/payments/" + payment + "/post", Json.object());
    }

    /** Proposes a run of drafts, to be paid today. */
    void proposeRun(Person who, List<UUID> payments) {
        ObjectNode body = Json.object()
                .put("bank_account", "HDFC current account")
                .put("value_date", today.get().toString());
        var ids = body.putArray("payments");
        payments.forEach(payment -> ids.add(payment.toString()));
        write(who, "propose a payment run", "/payment-runs", body);
    }

    /** What there is of everything, by item and warehouse. */
    List<Level> stock(Person who) {
        return all(who, "/stock?").stream().map(Level::of).toList();
    }

    /** Takes something out of the store. */
    void withdraw(Person who, Level level, BigDecimal quantity, String note) {
        write(
                who,
                "take something out of the store",
                "/stock/adjustments",
                Json.object()
                        .put("item_id", level.item().toString())
                        .put("warehouse_id", level.warehouse().toString())
                        .put("quantity", quantity.negate().toPlainString())
                        .put("reason", "other")
                        .put("note", note));
    }

    /** Makes the tax invoice of a sale of today. */
    void sell(Person who, String customer, String item, String quantity, String price) {
        ObjectNode body = Json.object().put("customer_code", customer).put("post", true);
        body.putArray("lines")
                .addObject()
                .put("item_code", item)
                .put("quantity", quantity)
                .put("unit_price", price);
        write(who, "make a tax invoice", "/sales-invoices", body);
    }

    private JsonNode write(Person who, String what, String path, ObjectNode body) {
        Caller caller = caller(who);
        Answer answer = caller.write(path, body);
        if (answer.status() == 409 || answer.status() == 422) {
            throw new TradeRefused(answer.code(), answer.body().path("detail").asString(""));
        }
        return caller.expect(what, answer);
    }

    private List<JsonNode> all(Person who, String path) {
        Caller caller = caller(who);
        var items = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            JsonNode page = caller.expect(
                    "see a list", caller.get(path + "&limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor)));
            page.path("items").forEach(items::add);
            cursor = page.path("next_cursor").asString("");
        } while (!cursor.isEmpty());
        return items;
    }

    private Caller caller(Person who) {
        return known.computeIfAbsent(who, callers);
    }

    private static UUID idOf(JsonNode node, String field) {
        return UUID.fromString(node.path(field).asString());
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(node.path(field).asString());
    }
}
