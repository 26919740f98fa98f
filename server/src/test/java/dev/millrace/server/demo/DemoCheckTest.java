package dev.millrace.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Decided;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Creation;
import dev.millrace.erp.demo.DemoCompanies;
import dev.millrace.erp.demo.DemoOrders;
import dev.millrace.erp.demo.DemoOrders.DemoOrder;
import dev.millrace.server.Settings;
import dev.millrace.server.demo.DemoCheckRows.OrderFacts;
import dev.millrace.server.wiring.Database;
import dev.millrace.server.wiring.Node;
import dev.millrace.server.wiring.Pools;
import dev.millrace.server.wiring.Seeding;
import dev.millrace.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three orders go through the real engine; then somebody tampers with the tables, and the check must see it. */
class DemoCheckTest {
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final TestDatabase DATABASE =
            TestDatabase.template("demo_check", owner -> {}).fresh();

    @TempDir
    private static Path home;

    @BeforeAll
    static void play() {
        var settings = settings();
        try (var database = Database.open(settings)) {
            database.migrate();
            try (var pools = Pools.open(database);
                    var node = Node.assemble(settings, pools)) {
                Seeding.ofDemo(node);
                node.start();
                play(node);
            }
        }
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void an_untouched_run_holds() {
        var rows = new DemoCheckRows(Jdbi.create(DATABASE.app()), DemoCompanies.ACME);

        assertThat(checks(rows)).allSatisfy(check -> assertThat(check.faulty()).isEmpty());
        assertThat(rows.orders())
                .extracting(OrderFacts::verdict)
                .containsExactly(Optional.empty(), Optional.of("approved"), Optional.of("rejected"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "no order is left pending | update purchase_orders set status = 'pending_approval'"
                        + " where status = 'approved'",
                "approved: locked, once | update purchase_orders set status = 'draft', locked_at = null where status = 'approved'",
                "rejected: cancelled, once | update approval_requests set status = 'rejected' where status = 'approved'",
                "above ₹5 lakh: exactly one decision | update approval_requests set status = 'expired'",
                "no order's request for approval is left pending |"
                        + " update approval_requests set status = 'pending', decided_at = null",
                "one effect on each order | insert into workflow_events (tenant_id, id, event_id, name, payload, actor,"
                        + " depth, occurred_at, executions, started, declined) select tenant_id, gen_random_uuid(),"
                        + " concat('x', event_id), name, payload, actor, depth, occurred_at, executions, started, declined"
                        + " from workflow_events where name = 'purchase_order.approved'",
                "one execution for each order | insert into workflow_executions (tenant_id, id, definition_id,"
                        + " workflow_name, version, status, outcome, depth, trigger, started_by, started_at)"
                        + " select tenant_id, gen_random_uuid(), definition_id, workflow_name, version, status, outcome,"
                        + " depth, trigger, started_by, started_at from workflow_executions",
                "every one of them is finished | update workflow_executions set status = 'running', outcome = null,"
                        + " due_at = now()",
                "each step was completed once | insert into workflow_journal (tenant_id, id, type, actor_kind,"
                        + " actor_name, resource_type, resource_id, execution_id, step_id, link) select tenant_id,"
                        + " gen_random_uuid(), type, actor_kind, actor_name, resource_type, resource_id, execution_id,"
                        + " step_id, link from workflow_journal where type = 'workflow.step_completed'",
                "up to ₹5 lakh: locked by rule, nobody asked | update approval_requests set entity_id ="
                        + " (select id from purchase_orders order by id limit 1)",
            })
    void what_was_tampered_with_is_seen(String claim, String tampering) throws SQLException {
        try (var connection = DATABASE.owner().getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("alter table purchase_orders disable trigger user");
                statement.execute("select set_config('millrace.tenant', millrace_tenant_by_slug('acme')::text, true)");
                statement.execute(tampering);

                var rows = new DemoCheckRows(Jdbi.create(connection), DemoCompanies.ACME);

                assertThat(checks(rows))
                        .filteredOn(check -> !check.holds())
                        .extracting(DemoCheck::claim)
                        .contains(claim);
            } finally {
                connection.rollback();
            }
        }
    }

    @Test
    void an_order_that_is_missing_or_was_never_sent_is_named() {
        var rows = new DemoCheckRows(Jdbi.create(DATABASE.app()), DemoCompanies.ACME);
        var orders = rows.orders();
        UUID missing = new UUID(0, 7);

        var check = DemoCheck.all(Set.of(orders.get(0).id(), orders.get(1).id(), missing), orders, rows.steps())
                .getFirst();

        assertThat(check.text())
                .contains("2 of 4", missing + " is missing", orders.get(2).number() + " was not sent");
    }

    private static List<DemoCheck> checks(DemoCheckRows rows) {
        var orders = rows.orders();
        return DemoCheck.all(orders.stream().map(OrderFacts::id).collect(Collectors.toSet()), orders, rows.steps());
    }

    private static Settings settings() {
        var owner = DATABASE.ownerAddress();
        var app = DATABASE.appAddress();
        var read = Settings.read(Map.of(
                "MILLRACE_HOME", home.toString(),
                "MILLRACE_DATABASE_URL", app.jdbcUrl(),
                "MILLRACE_DATABASE_USER", app.user(),
                "MILLRACE_DATABASE_PASSWORD", app.password(),
                "MILLRACE_MIGRATION_USER", owner.user(),
                "MILLRACE_MIGRATION_PASSWORD", owner.password(),
                "MILLRACE_DEMO", "true"));
        return ((Settings.Read.Good) read).settings();
    }

    private static void play(Node node) {
        UUID acme = node.erp().members().companyBySlug(DemoCompanies.ACME).orElseThrow();
        var orders = DemoOrders.all();
        raise(node, acme, orders.get(0));
        raise(node, acme, orders.get(2));
        decide(node, acme, true);
        raise(node, acme, orders.get(5));
        decide(node, acme, false);
        var rows = new DemoCheckRows(Jdbi.create(DATABASE.app()), DemoCompanies.ACME);
        Await.that("the executions end", MOST, () -> rows.live().count() == 0);
    }

    private static void raise(Node node, UUID tenant, DemoOrder order) {
        var orders = node.erp().orders(node.engine().events(), node.engine().documents(), node.trail());
        node.engine().run(tenant, tx -> {
            Actor rohan = Actor.user(member(node, tx, Person.ROHAN));
            var created = (Creation.Created) orders.create(tx, order.toNewOrder(), rohan);
            return orders.submit(tx, created.order().id(), rohan);
        });
    }

    private static void decide(Node node, UUID tenant, boolean approve) {
        var approvals = node.engine().approvals();
        UUID meera =
                node.engine().run(tenant, tx -> member(node, tx, Person.MEERA).id());
        UUID request = Await.answer(
                "a request",
                MOST,
                () -> node.engine()
                        .run(
                                tenant,
                                tx ->
                                        approvals
                                                .pendingFor(tx, member(node, tx, Person.MEERA), Optional.empty(), 10)
                                                .stream()
                                                .findFirst()
                                                .map(found -> found.id())));
        assertThat(approvals.decide(tenant, request, meera, approve, Optional.of("because")))
                .isInstanceOf(Decided.Done.class);
    }

    private static Member member(Node node, Tx tx, Person person) {
        return node.erp().directory().member(tx, person.email()).orElseThrow();
    }
}
