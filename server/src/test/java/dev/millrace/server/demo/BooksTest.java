package dev.millrace.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.erp.demo.DemoOrders;
import dev.millrace.erp.demo.DemoOrders.DemoOrder;
import dev.millrace.server.Server;
import dev.millrace.server.Settings;
import dev.millrace.server.demo.Cashier.Second;
import dev.millrace.server.demo.OrderBook.Raised;
import dev.millrace.testkit.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * A small demo on a real server: a few orders of the log with their goods, invoices and payments, stock that runs low, tax
 * invoices. Then somebody tampers with the tables, and the checks must see it.
 */
class BooksTest {
    private static final ZoneId HERE = ZoneId.of("Asia/Kolkata");
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final TestDatabase DATABASE =
            TestDatabase.template("demo_books", owner -> {}).fresh();

    /**
     * Plain; above the limit, and sent back once; its invoice before its goods; its tax of the wrong kind; a dearer price;
     * not paid in the log.
     */
    private static final List<String> PLAYED = List.of(
            "PO-2000000000", "PO-2000000002", "PO-2000000007", "PO-2000000094", "PO-2000000139", "PO-2000000192");

    private static final List<Second> SECONDS = new ArrayList<>();
    private static final BillBook BILLS = new BillBook();
    private static final OrderBook BOOK = new OrderBook();

    @TempDir
    private static Path home;

    @BeforeAll
    static void play() {
        var server = new Server(settings());
        try (server;
                var http = HttpClient.newHttpClient()) {
            server.start();
            play(server, http);
        }
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    private static void play(Server server, HttpClient http) {
        var trade = new Trade(person -> caller(server, http, person), () -> LocalDate.now(HERE));
        var gallery = new Gallery(caller(server, http, Person.LAKSHMI));
        gallery.switchOn();
        gallery.switchOn();
        assertThat(versions(caller(server, http, Person.LAKSHMI))).containsOnly(1);

        var decisions = new Decisions(BOOK, BILLS);
        var meera = new Approver(caller(server, http, Person.MEERA), decisions::ofFinanceHead);
        var arjun = new Approver(caller(server, http, Person.ARJUN), decisions::ofCfo);
        try (var hers = new Background("meera", Duration.ofMillis(100), meera::runOnce);
                var his = new Background("arjun", Duration.ofMillis(100), arjun::runOnce)) {
            var people = List.of(hers, his);
            Caller priya = caller(server, http, Person.PRIYA);
            var buyers = new Buyers(List.of(priya), priya, BOOK);
            List<Raised> orders =
                    played().stream().map(order -> buyers.raise(order, 0)).toList();
            quiet(people);

            var time = LogTime.endingOn(LocalDate.now(HERE).minusDays(1), played());
            List<Course> courses = orders.stream()
                    .map(order ->
                            new Course(trade, BILLS, time, order, order.source().orElseThrow(), false))
                    .toList();
            try (var stretch = new Replay(courses).begin(Instant.MAX)) {
                Await.that("the log is replayed", MOST, () -> {
                    people.forEach(Background::check);
                    return stretch.isDone();
                });
            }
            quiet(people);
            var cashier = new Cashier(trade, courses);
            assertThat(cashier.propose()).isTrue();
            quiet(people);
            SECONDS.addAll(cashier.payTwice(
                    BILLS.all().stream().map(BillBook.Billed::id).toList()));

            var storeroom = new Storeroom(trade, priya, BOOK);
            assertThat(storeroom.send(storeroom.useUp(1).size())).hasSize(1);
            assertThat(new Shop(trade).sell()).isEqualTo(4);
            quiet(people);
        }
    }

    private static List<DemoOrder> played() {
        return DemoOrders.all().stream()
                .filter(order -> PLAYED.contains(order.number()))
                .toList();
    }

    private static void quiet(List<Background> people) {
        var rows = new DemoCheckRows(Jdbi.create(DATABASE.app()), Person.MEERA.tenant());
        Await.that("nobody is at work and nothing waits", MOST, () -> {
            people.forEach(Background::check);
            return rows.live().count() == 0;
        });
    }

    private static List<Integer> versions(Caller admin) {
        var versions = new ArrayList<Integer>();
        for (JsonNode each :
                admin.expect("list workflows", admin.get("/workflows")).path("items")) {
            if (Gallery.PLAYED.contains(each.path("name").asString())) {
                assertThat(each.path("enabled").asBoolean()).isTrue();
                versions.add(each.path("version").asInt());
            }
        }
        assertThat(versions).hasSize(Gallery.PLAYED.size());
        return versions;
    }

    private static Caller caller(Server server, HttpClient http, Person person) {
        return new Caller(http, URI.create(server.url()), person, () -> {});
    }

    @Test
    void an_untouched_run_holds_in_every_check_and_every_check_had_something_to_look_at() {
        List<DemoCheck> checks = books().checks();

        assertThat(checks)
                .allSatisfy(
                        check -> assertThat(check.faulty()).as(check.claim()).isEmpty());
        assertThat(checks)
                .filteredOn(check -> check.of() == 0)
                .extracting(DemoCheck::claim)
                .isEmpty();
    }

    @Test
    void nothing_could_be_paid_a_second_time() {
        assertThat(SECONDS).hasSize(2).allMatch(Second::isRefused);
        assertThat(DemoCheck.refused(SECONDS).holds()).isTrue();
        assertThat(DemoCheck.refused(List.of(new Second("SI-1", false, 1, List.of(), List.of(new UUID(0, 1)))))
                        .text())
                .contains("Not so: SI-1 (1 of 1 went through)");
    }

    @Test
    void what_the_invoices_came_to_is_what_the_log_says_of_them() {
        assertThat(books().invoices("paid").count()).isEqualTo(5);
        assertThat(books().invoices("rejected").count()).isEqualTo(1);
        assertThat(books().registered().count()).isEqualTo(3);
        assertThat(books().runs().count()).isEqualTo(1);
        assertThat(books().waitedFor()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "the trial balance is zero | update journal_lines set base_debit = base_debit + 1 where base_debit > 0",
                "every journal balances | delete from journal_lines where base_credit > 0",
                "stock on hand is the sum | update stock_levels set on_hand = on_hand + 1, value = value + 1"
                        + " where below_since is null",
                "on the order's lines received | update purchase_order_lines set received_qty = 0",
                "no invoice is paid twice | update payment_allocations set amount = amount * 2",
                "nothing was paid of an invoice that is not in the books | update supplier_invoices"
                        + " set status = 'cancelled', end_reason = 'x', journal_id = null, paid_amount = 0 where status = 'paid'",
                "every released invoice has its journal | update journals set source_type = 'x'"
                        + " where source_type = 'supplier_invoice'",
                "no other invoice has a journal | update supplier_invoices set status = 'cancelled',"
                        + " end_reason = 'x', journal_id = null, paid_amount = 0 where status = 'paid'",
                "released only what agreed | insert into supplier_invoice_matches (tenant_id, invoice_id, attempt, outcome,"
                        + " decision, codes, result, tolerances, matched_by) select tenant_id, invoice_id, attempt + 9,"
                        + " 'variance', 'review', codes, result, tolerances, matched_by from supplier_invoice_matches",
                "every payment run was signed | update payment_runs set total_amount = 99999999,"
                        + " approved_by = approved_by[1:1]",
                "every fall of stock | update reorders set purchase_order_id = null",
                "every tax invoice that needs an IRN | delete from irp_sandbox_documents",
                "every execution ended well | update workflow_executions set outcome = 'failed' where outcome = 'succeeded'",
                "every execution ended well | update workflow_executions set outcome = null,"
                        + " status = 'awaiting_approval', due_at = now()",
                "the ledger's stock accounts | update stock_movements set value = value + 1 where reason = 'receipt'",
            })
    void what_was_tampered_with_is_seen(String claim, String tampering) throws SQLException {
        try (var connection = DATABASE.owner().getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                for (String table : List.of(
                        "journal_lines",
                        "journals",
                        "stock_levels",
                        "stock_movements",
                        "purchase_order_lines",
                        "payment_allocations",
                        "payment_runs",
                        "supplier_invoices",
                        "supplier_invoice_matches")) {
                    statement.execute("alter table " + table + " disable trigger user");
                }
                statement.execute("select set_config('millrace.tenant', millrace_tenant_by_slug('acme')::text, true)");
                assertThat(statement.executeUpdate(tampering)).isPositive();

                var checks = new BookRows(Jdbi.create(connection), Person.MEERA.tenant()).checks();

                assertThat(checks)
                        .filteredOn(check -> !check.holds())
                        .extracting(DemoCheck::claim)
                        .anyMatch(faulty -> faulty.startsWith(claim));
            } finally {
                connection.rollback();
            }
        }
    }

    private static BookRows books() {
        return new BookRows(Jdbi.create(DATABASE.app()), Person.MEERA.tenant());
    }

    private static Settings settings() {
        var owner = DATABASE.ownerAddress();
        var app = DATABASE.appAddress();
        var read = Settings.read(Map.of(
                "MILLRACE_HOME", home.toString(),
                "MILLRACE_PORT", "0",
                "MILLRACE_DATABASE_URL", app.jdbcUrl(),
                "MILLRACE_DATABASE_USER", app.user(),
                "MILLRACE_DATABASE_PASSWORD", app.password(),
                "MILLRACE_MIGRATION_USER", owner.user(),
                "MILLRACE_MIGRATION_PASSWORD", owner.password(),
                "MILLRACE_DEMO", "true"));
        return ((Settings.Read.Good) read).settings();
    }
}
