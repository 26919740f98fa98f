package dev.millrace.erp;

import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What of the company's rows says that an event had to be told. */
final class EventWitnesses {
    /** When a day that a history is still to go through began: long before any that it went through. */
    static final OffsetDateTime LONG_AGO = OffsetDateTime.parse("2020-01-01T00:00:00Z");

    private static final String DAY = "day";
    private static final String WAITING = "waiting for goods";
    private static final String RECEIPTS = "receipts";

    private static final String WAITING_ROWS = "select id::text, purchase_order_id::text, '' from supplier_invoices"
            + " where tenant_id = :tenant and status = 'on_hold' and hold_code = 'receipt'";

    /** What is looked at besides what witnesses look at themselves. */
    private static final Map<String, String> SIDE_FACTS = Map.of(
            DAY,
            "select updated_at::text, '', '' from company_days where tenant_id = :tenant and due_at > '2020-01-02'",
            WAITING,
            WAITING_ROWS,
            RECEIPTS,
            "select id::text, purchase_order_id::text, '' from goods_receipts where tenant_id = :tenant");

    static final Map<String, Witness> ALL = Map.ofEntries(
            entry("purchase_order.created", came("purchase_orders", "submitted_at is not null")),
            entry("purchase_order.approved", came("purchase_orders", "locked_at is not null")),
            entry("purchase_order.cancelled", came("purchase_orders", "status = 'cancelled'")),
            entry("supplier.created", came("suppliers", "true")),
            entry(
                    "supplier.bank_changed",
                    new Changed(
                            List.of("id", "new_account_last4"),
                            "select id::text, id || '|' || coalesce(bank_last4, ''), bank_changed_at::text"
                                    + " from suppliers where tenant_id = :tenant")),
            entry("goods_receipt.posted", came("goods_receipts", "true")),
            entry("goods_receipt.reversed", came("goods_receipts", "status = 'reversed'")),
            entry("supplier_invoice.received", came("supplier_invoices", "true")),
            entry("supplier_invoice.receipt_arrived", new Freed()),
            entry(
                    "supplier_invoice.held",
                    new Came(
                            List.of("id"),
                            "select id || hold_code || hold_reason, id::text, '' from supplier_invoices"
                                    + " where tenant_id = :tenant and status = 'on_hold'")),
            entry("supplier_invoice.released", came("supplier_invoices", "journal_id is not null")),
            entry("supplier_invoice.rejected", came("supplier_invoices", "status = 'rejected'")),
            entry("supplier_invoice.cancelled", came("supplier_invoices", "status in ('cancelled', 'reversed')")),
            entry("supplier_invoice.overdue", new Daily(List.of("id", "days_overdue"), overdue("supplier_invoices"))),
            entry(
                    "stock.below_reorder_level",
                    new Came(
                            List.of("item_id", "warehouse_id"),
                            "select item_id || '|' || warehouse_id, item_id || '|' || warehouse_id, '' from stock_levels"
                                    + " where tenant_id = :tenant and reorder_qty > 0"
                                    + " and on_hand + on_order - reserved <= reorder_level")),
            entry(
                    "stock.adjusted",
                    new Came(
                            List.of("movement_id"),
                            ids(
                                    "stock_movements",
                                    "reason in ('count', 'damage', 'loss', 'found', 'return', 'other')"))),
            entry("payment.created", came("payments", "true")),
            entry("payment.posted", came("payments", "journal_id is not null")),
            entry("payment_run.proposed", came("payment_runs", "true")),
            entry("expense_claim.submitted", came("expense_claims", "true")),
            entry("journal.posted", came("journals", "true")),
            entry(
                    "period.ended",
                    new Daily(
                            List.of("period"),
                            "select '', to_char(next_day - 2, 'YYYY-MM'), '' from company_days"
                                    + " where tenant_id = :tenant and extract(day from next_day - 1) = 1")),
            entry("sales_invoice.created", came("sales_invoices", "number is not null")),
            entry("sales_invoice.overdue", new Daily(List.of("id", "days_overdue"), overdue("sales_invoices"))),
            entry("gst.irn_generated", new Came(List.of("sales_invoice_id"), ids("sales_invoices", "irn is not null"))),
            entry(
                    "gst.irn_failed",
                    new Came(
                            List.of("sales_invoice_id"),
                            "select id || einvoice_error, id::text, '' from sales_invoices"
                                    + " where tenant_id = :tenant and einvoice_status = 'failed'")),
            entry(
                    "gst.gstr2b_imported",
                    new Came(
                            List.of("period"),
                            "select period || digest, period, '' from gstr2b_imports where tenant_id = :tenant")),
            entry(
                    "gst.period_closed",
                    new Came(
                            List.of("period", "return_type"),
                            "select period || '|' || type, period || '|' || type, '' from gst_periods,"
                                    + " lateral (values ('GSTR1', gstr1_status), ('GSTR3B', gstr3b_status)) of (type, status)"
                                    + " where tenant_id = :tenant and status = 'filed'")),
            entry(
                    "customer.credit_limit_breached",
                    new Came(List.of("customer_id"), ids("customers", "exposure > credit_limit"))),
            entry(
                    "sales_order.created",
                    new Came(
                            List.of("id"),
                            "select id::text || submitted_at, id::text, '' from sales_orders"
                                    + " where tenant_id = :tenant and submitted_at is not null")),
            entry(
                    "sales_order.changed",
                    new Came(
                            List.of("id"),
                            "select id::text || revised_at, id::text, '' from sales_orders"
                                    + " where tenant_id = :tenant and revised_at > submitted_at")),
            entry(
                    "sales_order.confirmed",
                    came(
                            "sales_orders",
                            "status in ('confirmed', 'part_delivered', 'delivered', 'invoiced', 'closed')")),
            entry("sales_order.cancelled", came("sales_orders", "status = 'cancelled'")),
            entry("price_change.requested", came("price_changes", "true")));

    private EventWitnesses() {}

    /** All that a history looks at, by its name: its SQL, which gives of each thing its key, what is told of it, and its state. */
    static Map<String, String> facts() {
        var facts = new HashMap<>(SIDE_FACTS);
        ALL.forEach((event, witness) -> facts.put(event, witness.rows()));
        return facts;
    }

    private static Witness came(String table, String rows) {
        return new Came(List.of("id"), ids(table, rows));
    }

    private static String ids(String table, String rows) {
        return "select id::text, id::text, '' from " + table + " where tenant_id = :tenant and (" + rows + ")";
    }

    /** As of the day that was gone through last. */
    private static String overdue(String table) {
        return "select id::text, id || '|' || (next_day - 1 - due_date), '' from " + table
                + " join company_days using (tenant_id) where tenant_id = :tenant and open_amount > 0"
                + " and next_day - 1 - due_date in (1, 7, 30, 60)";
    }

    /** @param told as its event must tell it: the values of the witness's fields, with a bar between */
    record Fact(String told, String state) {}

    /** What was there at one moment. */
    record Facts(Map<String, Map<String, Fact>> byName) {
        Map<String, Fact> of(String name) {
            return byName.getOrDefault(name, Map.of());
        }

        Stream<Fact> newSince(Facts before, String name) {
            Set<String> known = before.of(name).keySet();
            return of(name).entrySet().stream()
                    .filter(one -> !known.contains(one.getKey()))
                    .map(Map.Entry::getValue);
        }
    }

    /** Of one event. */
    sealed interface Witness {
        /** Those of the payload that say what it tells of. */
        List<String> fields();

        /** SQL, as {@link #facts()} has it. */
        String rows();

        /** What had to be told of what happened in between, once each. */
        Stream<Fact> due(String event, Facts before, Facts after);

        default String told(JsonNode payload) {
            return fields().stream()
                    .map(field -> payload.path(field).asString(""))
                    .collect(joining("|"));
        }
    }

    /** Once for each thing that has come to be there. */
    private record Came(List<String> fields, String rows) implements Witness {
        @Override
        public Stream<Fact> due(String event, Facts before, Facts after) {
            return after.newSince(before, event);
        }
    }

    /** Once for each thing that was there and is another now. */
    private record Changed(List<String> fields, String rows) implements Witness {
        @Override
        public Stream<Fact> due(String event, Facts before, Facts after) {
            Map<String, Fact> formerly = before.of(event);
            return after.of(event).entrySet().stream()
                    .filter(now -> formerly.containsKey(now.getKey())
                            && !now.getValue().equals(formerly.get(now.getKey())))
                    .map(Map.Entry::getValue);
        }
    }

    /** Once for each thing that is there when a day was gone through. */
    private record Daily(List<String> fields, String rows) implements Witness {
        @Override
        public Stream<Fact> due(String event, Facts before, Facts after) {
            return after.newSince(before, DAY).flatMap(day -> after.of(event).values().stream());
        }
    }

    /** Once for each invoice that waited for goods when some came for its order. */
    private record Freed() implements Witness {
        @Override
        public List<String> fields() {
            return List.of("id");
        }

        @Override
        public String rows() {
            return WAITING_ROWS;
        }

        @Override
        public Stream<Fact> due(String event, Facts before, Facts after) {
            Set<String> orders =
                    after.newSince(before, RECEIPTS).map(Fact::told).collect(toSet());
            return before.of(WAITING).entrySet().stream()
                    .filter(invoice -> orders.contains(invoice.getValue().told()))
                    .map(invoice -> new Fact(invoice.getKey(), ""));
        }
    }
}
