package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Json;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.erp.World.RecordingDocuments;
import dev.millrace.erp.World.RecordingEvents;
import dev.millrace.erp.demo.DemoCompanies;
import dev.millrace.erp.demo.DemoOrders;
import dev.millrace.testkit.TestDatabase;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The demo company's 148 real orders with their 425 real invoices on the database, in their real order: each is taken in,
 * matched, and released, held or rejected as the match says.
 */
class RealInvoicesTest {
    private final List<String> differing = new ArrayList<>();
    private int compared;

    @Test
    void every_real_invoice_comes_out_as_expected_and_the_books_balance() throws Exception {
        try (TestDatabase database = World.MIGRATED.fresh();
                var in = Objects.requireNonNull(getClass().getResourceAsStream("/demo/scenarios.jsonl"))) {
            var replay = new Replay(database);
            List<DemoOrders.DemoOrder> orders = DemoOrders.all();
            List<JsonNode> scenarios = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Json::read)
                    .toList();
            for (int i = 0; i < orders.size(); i++) {
                replay.scenario(orders.get(i), scenarios.get(i));
            }

            assertThat(differing).isEmpty();
            assertThat(compared).isEqualTo(425);
            assertThat(replay.unbalanced()).isZero();
        }
    }

    private final class Replay {
        private final Transactions transactions;
        private final UUID acme;
        private final Orders orders;
        private final SupplierInvoices invoices;
        private final Actor clerk;
        private final Actor buyer;
        private final Map<String, LocalDate> dates = new HashMap<>();

        Replay(TestDatabase database) {
            this.transactions = new Transactions(Jdbi.create(database.app()));
            var erp = new Erp(transactions, MailSender.SANDBOX, "http://localhost");
            Trail nowhere = (tx, actor, type, resourceType, id, before, after, comment) -> {};
            this.acme = Objects.requireNonNull(new DemoCompanies(erp, transactions, nowhere)
                    .seed(password -> "hash")
                    .get(DemoCompanies.ACME));
            var events = new RecordingEvents();
            events.answer = World.STARTED_ONE;
            this.orders = erp.orders(events, new RecordingDocuments(), nowhere);
            this.invoices = erp.supplierInvoices(events, new RecordingDocuments(), nowhere);
            this.clerk = member(erp, "requester@acme.test");
            this.buyer = member(erp, "procurement@acme.test");
        }

        private Actor member(Erp erp, String email) {
            return Actor.user(
                    run(tx -> erp.members().login(tx, email)).orElseThrow().member());
        }

        private <T> T run(Function<Tx, T> work) {
            return transactions.run(acme, work);
        }

        void scenario(DemoOrders.DemoOrder demo, JsonNode scenario) {
            PurchaseOrder order = ordered(demo, scenario);
            var taken = new ArrayList<SupplierInvoice>();
            for (JsonNode step : scenario.get("steps")) {
                switch (step.get("event").asString()) {
                    case "goods_receipt.posted" -> receive(order, step, decimal(step, "quantity"));
                    case "goods_receipt.reversed" ->
                        receive(order, step, decimal(step, "quantity").negate());
                    case "supplier_invoice.received" -> taken.add(invoice(demo, order, step));
                    case "supplier_invoice.cancelled" -> takeBack(taken, order, step);
                    default -> {
                        // Payments, and what the log tells beside.
                    }
                }
            }
        }

        /** The log says of services that they are received, and of some goods that they are not. */
        private PurchaseOrder ordered(DemoOrders.DemoOrder demo, JsonNode scenario) {
            PurchaseOrder draft = World.created(run(tx -> orders.create(tx, demo.toNewOrder(), clerk)));
            run(tx -> {
                for (JsonNode line : scenario.get("lines")) {
                    tx.handle()
                            .createUpdate("""
                                    update purchase_order_lines set match_mode = :mode
                                     where tenant_id = :tenant and purchase_order_id = :order and line_no = :line
                                    """)
                            .bind("tenant", acme)
                            .bind("order", draft.id())
                            .bind("line", line.get("line_no").asInt())
                            .bind("mode", line.get("mode").asString())
                            .execute();
                }
                orders.submit(tx, draft.id(), clerk);
                return orders.approve(tx, draft.id(), buyer);
            });
            return run(tx -> orders.get(tx, draft.id())).orElseThrow();
        }

        private void receive(PurchaseOrder order, JsonNode step, BigDecimal quantity) {
            run(tx -> tx.handle()
                    .createUpdate("""
                            update purchase_order_lines set received_qty = received_qty + :quantity
                             where tenant_id = :tenant and purchase_order_id = :order and line_no = :line
                            """)
                    .bind("tenant", acme)
                    .bind("order", order.id())
                    .bind("line", step.get("line_no").asInt())
                    .bind("quantity", quantity)
                    .execute());
        }

        private SupplierInvoice invoice(DemoOrders.DemoOrder demo, PurchaseOrder order, JsonNode step) {
            InvoiceIntake intake = run(tx -> invoices.receive(tx, asSent(demo, order, step), clerk));
            assertThat(intake).isInstanceOf(InvoiceIntake.Received.class);
            SupplierInvoice taken = ((InvoiceIntake.Received) intake).invoice();
            InvoiceMatch match = run(tx -> invoices.match(tx, taken.id(), clerk));
            MatchResult result = ((InvoiceMatch.Matched) match).result();
            compare(step, result);
            InvoiceChange change = run(tx -> switch (result.decision()) {
                case RELEASE -> invoices.release(tx, taken.id(), clerk);
                case HOLD -> invoices.hold(tx, taken.id(), SupplierInvoice.HoldCode.RECEIPT, result.summary(), clerk);
                case REVIEW -> invoices.hold(tx, taken.id(), SupplierInvoice.HoldCode.MANUAL, result.summary(), clerk);
                case REJECT -> invoices.reject(tx, taken.id(), result.summary(), clerk);
            });
            assertThat(change).as(result.summary()).isInstanceOf(InvoiceChange.Done.class);
            return taken;
        }

        private void compare(JsonNode step, MatchResult result) {
            compared++;
            JsonNode expected = step.get("expected");
            var codes = new ArrayList<String>();
            expected.get("codes").forEach(code -> codes.add(code.asString()));
            boolean isSame = result.codes().equals(codes)
                    && result.outcome()
                            .name()
                            .toLowerCase(Locale.ROOT)
                            .equals(expected.get("outcome").asString())
                    && result.decision()
                            .name()
                            .toLowerCase(Locale.ROOT)
                            .equals(expected.get("decision").asString());
            if (!isSame) {
                differing.add(step.get("invoice_number").asString() + ": expected " + expected + " but got "
                        + result.outcome() + " " + result.codes() + ", " + result.summary());
            }
        }

        /** A copy of an invoice bears the date of the first. */
        private LocalDate date(JsonNode step) {
            String number = step.get("invoice_number").asString().replaceAll("[^0-9]", "");
            LocalDate came = LocalDate.ofInstant(Instant.parse(step.get("at").asString()), ZoneOffset.UTC);
            return dates.computeIfAbsent(number, first -> came);
        }

        private NewSupplierInvoice asSent(DemoOrders.DemoOrder demo, PurchaseOrder order, JsonNode step) {
            var line = new NewSupplierInvoice.Line(
                    Optional.of(step.get("line_no").asInt()),
                    Optional.empty(),
                    Optional.empty(),
                    decimal(step, "quantity"),
                    decimal(step, "unit_price"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(decimal(step, "cgst")),
                    Optional.of(decimal(step, "sgst")),
                    Optional.of(decimal(step, "igst")),
                    Optional.empty());
            return new NewSupplierInvoice(
                    Optional.empty(),
                    Optional.of(demo.supplierCode()),
                    step.get("invoice_number").asString(),
                    date(step),
                    Optional.of(order.id()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    decimal(step, "total_amount"),
                    Optional.empty(),
                    List.of(line));
        }

        /** The log does not say which one: the latest of the line with this quantity. */
        private void takeBack(List<SupplierInvoice> taken, PurchaseOrder order, JsonNode step) {
            UUID line = order.lines().get(step.get("line_no").asInt() - 1).id();
            for (SupplierInvoice one : taken.reversed()) {
                SupplierInvoice now = run(tx -> invoices.get(tx, one.id())).orElseThrow();
                boolean isMeant = now.lines().getFirst().poLineId().equals(Optional.of(line))
                        && now.lines().getFirst().quantity().compareTo(decimal(step, "quantity")) == 0;
                if (isMeant && (now.status().isOpen() || now.status().isPosted())) {
                    run(tx -> now.status().isOpen()
                            ? invoices.cancel(tx, now.id(), "taken back", clerk)
                            : invoices.reverse(tx, now.id(), "taken back", clerk));
                    return;
                }
            }
        }

        /** Lines whose invoiced quantity is not what the living released invoices say, and journals out of balance. */
        long unbalanced() {
            return run(tx -> tx.handle()
                    .createQuery("""
                            select (select count(*) from (
                                        select journal_id from journal_lines where tenant_id = :tenant
                                         group by journal_id having sum(base_debit) <> sum(base_credit)) as j)
                                 + (select count(*) from purchase_order_lines p
                                     where p.tenant_id = :tenant
                                       and p.invoiced_qty <> coalesce((
                                           select sum(l.quantity)
                                             from supplier_invoice_lines l
                                             join supplier_invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
                                            where l.tenant_id = p.tenant_id and l.po_line_id = p.id
                                              and i.status = 'released'), 0))
                            """)
                    .bind("tenant", acme)
                    .mapTo(Long.class)
                    .one());
        }
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(node.get(field).asString());
    }
}
