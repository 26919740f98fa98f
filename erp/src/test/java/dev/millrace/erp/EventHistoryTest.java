package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.StockMovement.Reason;
import dev.millrace.language.EventType;
import dev.millrace.language.Shapes;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * After any history, some of it rolled back, an event is stored if and only if the row changed that it tells of, and it
 * is what its type declares.
 */
class EventHistoryTest {
    private static final int ACTS = 260;

    /** Of each event: the field of its payload with the id of the row, and the rows that must have one each. */
    private static final Map<String, Witness> WITNESSES = Map.ofEntries(
            of("purchase_order.created", "purchase_orders", "submitted_at is not null"),
            of("purchase_order.approved", "purchase_orders", "locked_at is not null"),
            of("purchase_order.cancelled", "purchase_orders", "status = 'cancelled'"),
            of("goods_receipt.posted", "goods_receipts", "true"),
            of("goods_receipt.reversed", "goods_receipts", "status = 'reversed'"),
            of("supplier_invoice.received", "supplier_invoices", "true"),
            of("supplier_invoice.held", "supplier_invoices", "status = 'on_hold'"),
            of("supplier_invoice.released", "supplier_invoices", "journal_id is not null"),
            of("supplier_invoice.rejected", "supplier_invoices", "status = 'rejected'"),
            of("supplier_invoice.cancelled", "supplier_invoices", "status in ('cancelled', 'reversed')"),
            Map.entry(
                    "stock.adjusted",
                    new Witness(
                            "movement_id",
                            "stock_movements",
                            "reason in ('count', 'damage', 'loss', 'found', 'return', 'other')")),
            of("payment.created", "payments", "true"),
            of("payment.posted", "payments", "journal_id is not null"),
            of("payment_run.proposed", "payment_runs", "true"),
            of("expense_claim.submitted", "expense_claims", "true"),
            of("journal.posted", "journals", "true"),
            of("sales_invoice.created", "sales_invoices", "number is not null"));

    private static final Acme ACME = new Acme("""
            workflow:
              name: idle
              trigger: { manual: true }
              steps:
                - { id: nothing, action: core.set, config: { values: { a: 1 } } }
            """);

    private final Random random;
    private final long seed = new Random().nextLong();
    private final Actor requester = ACME.actor("requester");
    private final Actor procurement = ACME.actor("procurement");
    private final Actor warehouse = ACME.actor("warehouse");
    private final Actor accounts = ACME.actor("accounts");
    private final Actor meera = ACME.actor("finance.head");
    private final Receipts receipts = ACME.erp.receipts(ACME.engine.events(), ACME.trail);
    private final SupplierInvoices invoices =
            ACME.erp.supplierInvoices(ACME.engine.events(), ACME.engine.documents(), ACME.trail);
    private final Stock stock = ACME.erp.stock(ACME.engine.events(), ACME.trail);
    private final Payments payments = ACME.erp.payments(ACME.engine.events(), ACME.trail);
    private final ExpenseClaims claims = ACME.erp.expenseClaims(ACME.engine.events(), ACME.trail);
    private final Journals journals = ACME.erp.journals(ACME.engine.events(), ACME.trail);
    private final SalesInvoices sales = ACME.erp.salesInvoices(ACME.engine.events(), ACME.trail);
    private int number;

    EventHistoryTest() {
        this.random = new Random(seed);
    }

    private record Witness(String field, String table, String rows) {}

    private static Map.Entry<String, Witness> of(String event, String table, String rows) {
        return Map.entry(event, new Witness("id", table, rows));
    }

    /** The node went away before the commit. */
    private static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @AfterAll
    static void close() {
        ACME.close();
    }

    @Test
    void an_event_is_there_if_and_only_if_its_row_changed() {
        Map<String, List<String>> before = rows();
        List<Consumer<Tx>> acts = List.of(
                this::raise,
                this::raise,
                this::lock,
                this::lock,
                this::cancelOrder,
                this::receive,
                this::receive,
                this::reverseReceipt,
                this::takeInvoice,
                this::takeInvoice,
                this::release,
                this::release,
                this::holdInvoice,
                this::rejectInvoice,
                this::cancelInvoice,
                this::adjust,
                this::claim,
                this::approveClaim,
                this::pay,
                this::postPayment,
                this::proposeRun,
                this::journal,
                this::reverseJournal,
                this::sell);
        for (int i = 0; i < ACTS; i++) {
            act(acts.get(random.nextInt(acts.size())));
        }

        Map<String, List<String>> after = rows();
        Map<String, List<String>> told = told();
        WITNESSES.keySet().forEach(event -> {
            var changed = new ArrayList<>(after.getOrDefault(event, List.of()));
            changed.removeAll(before.getOrDefault(event, List.of()));
            assertThat(told.getOrDefault(event, List.of()))
                    .as("seed %d: %s", seed, event)
                    .containsExactlyInAnyOrderElementsOf(changed);
        });
        // Enough of it happened to say so.
        assertThat(told.keySet()).hasSizeGreaterThan(10);
    }

    /** One to three acts in one transaction, which comes to nothing every third time, or where an act is refused. */
    private void act(Consumer<Tx> what) {
        boolean dies = random.nextInt(3) == 0;
        try {
            ACME.run(tx -> {
                what.accept(tx);
                if (dies) {
                    throw new Gone();
                }
                return 0;
            });
        } catch (Gone | PostingRefused expected) {
            // Nothing of it may be left.
        }
    }

    private Map<String, List<String>> rows() {
        var rows = new HashMap<String, List<String>>();
        WITNESSES.forEach((event, witness) -> rows.put(
                event,
                ACME.run(tx -> tx.handle()
                        .createQuery("select id::text from " + witness.table() + " where tenant_id = :tenant and "
                                + witness.rows())
                        .bind("tenant", ACME.tenant)
                        .mapTo(String.class)
                        .list())));
        return rows;
    }

    /** The ids that the stored events name, each event held against its type. */
    private static Map<String, List<String>> told() {
        Map<String, EventType> types =
                ErpCatalogue.events().stream().collect(Collectors.toMap(EventType::name, Function.identity()));
        var told = new HashMap<String, List<String>>();
        List<JsonNode> events = ACME.run(tx -> tx.handle()
                .createQuery("""
                        select json_build_object('name', name, 'payload', payload)::text from workflow_events
                         where tenant_id = :tenant
                        """)
                .bind("tenant", ACME.tenant)
                .map((row, context) -> Json.read(row.getString(1)))
                .list());
        for (JsonNode event : events) {
            String name = event.path("name").asString();
            ObjectNode payload = (ObjectNode) event.path("payload");
            EventType type = Optional.ofNullable(types.get(name)).orElseThrow();
            assertThat(Shapes.fit(payload, type.payload()).misfits()).as(name).isEmpty();
            Optional.ofNullable(WITNESSES.get(name))
                    .ifPresent(witness -> told.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(payload.path(witness.field()).asString()));
        }
        return told;
    }

    private Optional<UUID> one(Tx tx, String table, String rows) {
        return tx
                .handle()
                .createQuery("select id from " + table + " where tenant_id = :tenant and " + rows
                        + " order by id desc limit 8")
                .bind("tenant", ACME.tenant)
                .mapTo(UUID.class)
                .list()
                .stream()
                .skip(random.nextInt(2))
                .findFirst();
    }

    private void raise(Tx tx) {
        var wanted = NewOrder.of(
                "S0001",
                List.of(NewOrder.Line.of("PNT-SYN-20L", BigDecimal.TEN, new BigDecimal("415"), new BigDecimal("18"))));
        UUID order = World.created(ACME.orders.create(tx, wanted, requester)).id();
        if (random.nextInt(4) > 0) {
            ACME.orders.submit(tx, order, requester);
        }
    }

    private void lock(Tx tx) {
        one(tx, "purchase_orders", "status in ('pending_approval', 'approved')")
                .ifPresent(order -> ACME.orders.approve(tx, order, procurement));
    }

    private void cancelOrder(Tx tx) {
        one(tx, "purchase_orders", "status in ('draft', 'pending_approval', 'approved', 'cancelled')")
                .ifPresent(order -> ACME.orders.cancel(tx, order, "not needed", procurement));
    }

    private void receive(Tx tx) {
        one(tx, "purchase_orders", "status in ('approved', 'partially_received')")
                .ifPresent(order -> receipts.post(
                        tx,
                        NewReceipt.of(
                                order, List.of(NewReceipt.Line.of(1, BigDecimal.valueOf(1 + random.nextInt(10))))),
                        warehouse));
    }

    private void reverseReceipt(Tx tx) {
        one(tx, "goods_receipts", "true").ifPresent(receipt -> receipts.reverse(tx, receipt, "wrong goods", warehouse));
    }

    private void takeInvoice(Tx tx) {
        Optional<UUID> order = one(tx, "purchase_orders", "status in ('approved', 'partially_received', 'received')");
        var line = InvoiceDesk.line("2", "415", BigDecimal.ZERO, BigDecimal.ZERO, new BigDecimal("149.40"));
        order.ifPresent(of -> invoices.receive(
                tx,
                new NewSupplierInvoice(
                        Optional.empty(),
                        Optional.of("S0001"),
                        "H-" + ++number,
                        InvoiceDesk.DAY,
                        Optional.of(of),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new BigDecimal("979.40"),
                        Optional.empty(),
                        List.of(line)),
                accounts));
    }

    private void release(Tx tx) {
        one(tx, "supplier_invoices", "status = 'received'").ifPresent(invoice -> {
            invoices.match(tx, invoice, accounts);
            invoices.release(tx, invoice, accounts);
        });
    }

    private void holdInvoice(Tx tx) {
        one(tx, "supplier_invoices", "status = 'received'")
                .ifPresent(invoice ->
                        invoices.hold(tx, invoice, SupplierInvoice.HoldCode.MANUAL, "to be asked about", accounts));
    }

    private void rejectInvoice(Tx tx) {
        one(tx, "supplier_invoices", "status in ('received', 'rejected', 'released')")
                .ifPresent(invoice -> invoices.reject(tx, invoice, "not ours", accounts));
    }

    private void cancelInvoice(Tx tx) {
        one(tx, "supplier_invoices", "status in ('received', 'released')").ifPresent(invoice -> {
            if (random.nextBoolean()) {
                invoices.cancel(tx, invoice, "taken back", accounts);
            } else {
                invoices.reverse(tx, invoice, "taken back", accounts);
            }
        });
    }

    private void adjust(Tx tx) {
        List<StockLevel> levels = stock.levels(tx, Optional.empty(), false, Stock.After.START, 20);
        StockKey key = levels.get(random.nextInt(levels.size())).key();
        BigDecimal quantity = BigDecimal.valueOf(random.nextInt(9) - 4L);
        stock.adjust(
                tx, new Adjustment(key, quantity, Reason.COUNT, Optional.empty(), true, Optional.empty()), warehouse);
    }

    private void claim(Tx tx) {
        claims.submit(
                tx,
                new ExpenseClaim.Submission(
                        Optional.empty(),
                        Optional.empty(),
                        "travel",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new ExpenseClaim.NewLine(
                                LocalDate.of(2026, 11, 3), "Taxi", new BigDecimal(100 + random.nextInt(900)), true))),
                requester);
    }

    private void approveClaim(Tx tx) {
        one(tx, "expense_claims", "status = 'submitted'")
                .ifPresent(claim -> claims.approve(tx, claim, Optional.empty(), meera));
    }

    private void pay(Tx tx) {
        one(tx, "expense_claims", "status = 'approved'")
                .flatMap(id -> claims.find(tx, id))
                .ifPresent(claim -> payments.create(
                        tx,
                        new NewPayment(
                                Payment.Direction.OUTGOING,
                                Payment.PartyType.EMPLOYEE,
                                claim.employee().id(),
                                BigDecimal.TEN,
                                Optional.empty(),
                                Optional.empty(),
                                List.of(new NewPayment.Allocation("expense_claim", claim.id(), BigDecimal.TEN)),
                                Payment.Method.BANK_TRANSFER,
                                Optional.empty(),
                                Optional.empty()),
                        accounts));
    }

    private void postPayment(Tx tx) {
        one(tx, "payments", "status = 'draft' and payment_run_id is null")
                .ifPresent(payment -> payments.post(tx, payment, accounts));
    }

    private void proposeRun(Tx tx) {
        LocalDate day = LocalDate.ofInstant(tx.now(), ZoneId.of("Asia/Kolkata")).plusDays(1);
        one(tx, "payments", "status = 'draft' and payment_run_id is null")
                .ifPresent(payment -> payments.propose(
                        tx,
                        new PaymentRun.Proposal("HDFC current", day, Optional.empty(), List.of(payment), false),
                        accounts));
    }

    private void journal(Tx tx) {
        BigDecimal amount = new BigDecimal(1 + random.nextInt(500));
        boolean balances = random.nextInt(4) > 0;
        journals.post(
                tx,
                new Journals.NewJournal(
                        Optional.empty(),
                        "rent",
                        List.of(
                                new Journals.NewLine(
                                        "5400", amount, BigDecimal.ZERO, Optional.empty(), Optional.empty()),
                                new Journals.NewLine(
                                        "1000",
                                        BigDecimal.ZERO,
                                        balances ? amount : amount.add(BigDecimal.ONE),
                                        Optional.empty(),
                                        Optional.empty())),
                        Optional.empty()),
                accounts);
    }

    private void reverseJournal(Tx tx) {
        one(tx, "journals", "not by_sub_ledger")
                .ifPresent(journal -> journals.reverse(tx, journal, Optional.empty(), "wrong", accounts));
    }

    private void sell(Tx tx) {
        String customer = ACME.erp.customers().list(tx, "", 5).getFirst().code();
        InvoiceDrafted drafted = sales.draft(
                tx,
                NewSalesInvoice.of(
                        customer,
                        List.of(NewSalesInvoice.Line.of("PNT-SYN-20L", BigDecimal.ONE, new BigDecimal("600")))),
                accounts);
        if (drafted instanceof InvoiceDrafted.Drafted draft && random.nextInt(4) > 0) {
            sales.make(tx, draft.invoice().id(), accounts);
        }
    }
}
