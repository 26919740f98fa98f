package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.millrace.engine.BulkAction.Kind;
import dev.millrace.engine.Retries.How;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.engine.approval.Request;
import dev.millrace.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finished executions go when they are over their time, and nothing else goes with them. */
class RetentionTest {
    private static final String ASK = """
            workflow:
              name: kept
              trigger: { event: order.created }
              steps:
                - { id: ask, action: erp.approval.request, config: { role: Finance Head } }
                - { id: last, action: trial.effect, depends_on: ask, config: {} }
            """;

    private final TestDatabase database = EngineDatabase.TEMPLATE.fresh();
    private final Jdbi owner = Jdbi.create(database.owner());
    private final TestDirectory directory = new TestDirectory();
    private final Engine engine = node(RetentionSettings.USUAL);
    private final TestCompany company = new TestCompany(directory, engine, UuidCreator.getTimeOrderedEpoch());

    private Engine node(RetentionSettings retention) {
        var actions = new ActionRegistry();
        TrialActions.register(actions, new TrialActions.Calls());
        return new Engine(new Engine.Setup(
                database.app(),
                database.app(),
                1,
                NodeSettings.of(UuidCreator.getTimeOrderedEpoch()),
                directory,
                actions,
                new EventTypes().register(EngineFixture.ORDER),
                List.of(),
                Holds.NONE,
                HintChannel.NONE,
                retention));
    }

    private static RetentionSettings days(int days) {
        return new RetentionSettings(8, 400, Optional.of(days));
    }

    @BeforeEach
    void start() {
        company.enable(ASK);
        engine.start();
        // Retention goes through those with a sealed journal.
        await().atMost(Duration.ofSeconds(15)).until(() -> engine.tenants().contains(company.tenant));
    }

    @AfterEach
    void drop() {
        engine.close();
        database.close();
    }

    private UUID finished() {
        UUID execution = company.start("1");
        Request request = company.awaitRequest(execution);
        company.approve(request, company.meera);
        company.awaitStatus(execution, "completed");
        return execution;
    }

    /** As if it had run so long ago, but for its journal, which nobody changes. */
    private UUID aged(UUID execution, String age) {
        return owned(h -> {
            UUID old = h.createQuery("""
                            select (left(replace(millrace_uuid_floor(now() - cast(:age as interval))::text, '-', ''), 12)
                                    || right(replace(cast(:id as text), '-', ''), 20))::uuid""")
                    .bind("age", age)
                    .bind("id", execution.toString())
                    .mapTo(UUID.class)
                    .one();
            for (String table : List.of("workflow_step_results", "approval_requests", "approval_decisions")) {
                h.execute("update " + table + " set execution_id = ? where execution_id = ?", old, execution);
            }
            h.execute(
                    "update workflow_executions set id = ?, completed_at = now() - cast(? as interval) where id = ?",
                    old,
                    age,
                    execution);
            return old;
        });
    }

    private <T> T owned(Function<Handle, T> work) {
        return owner.inTransaction(h -> {
            h.execute("set local millrace.tenant = '" + company.tenant + "'");
            return work.apply(h);
        });
    }

    private long rowsOf(UUID execution) {
        return owned(
                h -> h.createQuery("""
                        select (select count(*) from workflow_executions where id = :id)
                             + (select count(*) from workflow_step_results where execution_id = :id)
                             + (select count(*) from approval_requests where execution_id = :id)
                             + (select count(*) from approval_decisions where execution_id = :id)""").bind("id", execution).mapTo(Long.class).one());
    }

    private List<String> said() {
        engine.seal();
        return company.run(tx -> engine.journal().read(tx, 0, 1000)).stream()
                .filter(e -> e.entry().type().equals("execution.retention"))
                .flatMap(e -> e.entry().comment().stream())
                .toList();
    }

    @Test
    void by_default_executions_are_kept_as_long_as_the_books_and_then_go_with_all_that_is_theirs() {
        UUID ended = finished();
        List<String> history = company.journal(ended);
        UUID gone = aged(ended, "10 years");
        UUID young = finished();
        UUID alive = company.start("1");
        company.awaitStatus(alive, "awaiting_approval");

        engine.retain();
        List<String> once = said();
        engine.retain();

        assertThat(rowsOf(gone)).isZero();
        assertThat(rowsOf(young))
                .as("itself, two steps, a request and its decision")
                .isEqualTo(5);
        assertThat(company.view(alive).status()).isEqualTo("awaiting_approval");
        assertThat(company.journal(ended)).isEqualTo(history).hasSizeGreaterThan(3);
        assertThat(once).singleElement().asString().startsWith("1 executions that ended before ");
        assertThat(said()).isEqualTo(once);
        assertThat(company.run(tx -> engine.journal().verify(tx)).firstBroken()).isEmpty();
        Retried retried = company.run(tx -> engine.retries().retry(tx, gone, How.USUAL, Actor.user(company.meera)));
        assertThat(retried).isInstanceOf(Retried.NotFound.class);
    }

    @Test
    void what_an_event_started_later_is_forgotten_with_the_event() {
        company.start("1");
        owned(h -> h.execute("""
                insert into event_starts (tenant_id, event_row, workflow_name, definition_id, started_by, started_at)
                select tenant_id, id, 'later', uuidv7(), '{}'::json, now() from workflow_events
                union all
                select tenant_id, uuidv7(), 'gone', uuidv7(), '{}'::json, now() from workflow_events"""));

        engine.retain();

        List<String> left = owned(h -> h.createQuery("select workflow_name from event_starts")
                .mapTo(String.class)
                .list());
        assertThat(left).containsExactly("later");
    }

    @Test
    void what_ended_within_the_time_of_the_books_stays() {
        UUID kept = aged(finished(), "7 years");

        engine.retain();

        assertThat(rowsOf(kept)).isEqualTo(5);
    }

    @Test
    void a_shorter_time_can_be_set() {
        UUID gone = aged(finished(), "102 days");
        UUID kept = aged(finished(), "99 days");
        try (Engine other = node(days(100))) {
            other.retain();
        }

        assertThat(rowsOf(gone)).isZero();
        assertThat(rowsOf(kept)).isEqualTo(5);
    }

    @Test
    void thousands_go_in_several_transactions_each_of_which_says_so() {
        owned(h -> h.execute("""
                insert into workflow_executions (tenant_id, id, definition_id, workflow_name, version, status, outcome,
                       depth, trigger, started_by, started_at, completed_at)
                select ?, (left(replace(millrace_uuid_floor(now() - interval '10 years')::text, '-', ''), 12)
                           || right(replace(uuidv7()::text, '-', ''), 20))::uuid, uuidv7(), 'many', 1, 'completed',
                       'succeeded', 0, '{}', '{"kind":"system","id":null,"name":"x"}', now() - interval '10 years',
                       now() - interval '10 years'
                  from generate_series(1, 1201)""", company.tenant));

        engine.retain();

        long left = owned(h -> h.createQuery("select count(*) from workflow_executions where workflow_name = 'many'")
                .mapTo(Long.class)
                .one());
        assertThat(left).isZero();
        assertThat(said()).extracting(s -> s.substring(0, s.indexOf(' '))).containsExactly("500", "500", "201");
    }

    @Test
    void what_belongs_to_somebody_alive_stays_until_that_is_over() {
        UUID child = aged(finished(), "10 years");
        UUID parent = aged(finished(), "10 years");
        UUID alive = company.start("1");
        UUID grandchild = company.start("1");
        belongs(child, alive);
        belongs(grandchild, parent);

        engine.retain();
        assertThat(rowsOf(child)).isEqualTo(5);
        assertThat(rowsOf(parent)).isEqualTo(5);
        company.approve(company.awaitRequest(alive), company.meera);
        company.awaitStatus(alive, "completed");
        engine.retain();

        assertThat(rowsOf(child)).isZero();
        assertThat(rowsOf(parent)).isEqualTo(5);
    }

    private void belongs(UUID child, UUID parent) {
        owned(h -> h.execute(
                "update workflow_executions set parent_execution_id = ?, parent_step_id = 'run', root_execution_id = ?"
                        + " where id = ?",
                parent,
                parent,
                child));
    }

    @Test
    void what_somebody_has_in_hand_is_passed_over_and_goes_the_next_time() {
        UUID old = aged(finished(), "10 years");
        try (Handle retrying = owner.open()) {
            retrying.begin();
            retrying.execute("set local millrace.tenant = '" + company.tenant + "'");
            retrying.execute("select from workflow_executions where id = ? for update", old);
            engine.retain();
            assertThat(rowsOf(old)).isEqualTo(5);
            retrying.rollback();
        }

        engine.retain();

        assertThat(rowsOf(old)).isZero();
    }

    @Test
    void of_another_company_nothing_goes_and_nothing_young_goes_whoever_asks() {
        var other = new TestCompany(directory, engine, UuidCreator.getTimeOrderedEpoch());
        UUID old = aged(finished(), "10 years");

        int dropped = other.run(tx -> tx.handle()
                .createQuery("select millrace_drop_executions(now() - interval '91 days', 500)")
                .mapTo(Integer.class)
                .one());

        assertThat(dropped).isZero();
        assertThat(rowsOf(old)).isEqualTo(5);
        assertThatThrownBy(() -> company.run(tx -> tx.handle()
                        .createQuery("select millrace_drop_executions(now() - interval '89 days', 500)")
                        .mapTo(Integer.class)
                        .one()))
                .hasMessageContaining("90 days at least");
        for (String table : List.of("workflow_executions", "workflow_step_results", "approval_requests")) {
            assertThatThrownBy(() -> company.run(tx -> tx.handle().execute("delete from " + table)))
                    .hasMessageContaining("permission denied");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 89, 36_501})
    void a_time_that_is_too_short_or_absurd_is_refused(int days) {
        assertThatThrownBy(() -> days(days)).hasMessageContaining("90 to 36,500 days");
    }

    @Test
    void what_became_of_a_bulk_action_is_forgotten_90_days_after_it_was_over() {
        UUID execution = finished();
        UUID old = bulkOver(execution);
        UUID young = bulkOver(execution);
        UUID open = bulkOver(execution);
        since(old, "91 days");
        since(young, "89 days");
        owned(h -> h.execute("update bulk_actions set finished_at = null, next_at = 'infinity' where id = ?", open));

        engine.retain();

        assertThat(find(old)).isEmpty();
        assertThat(find(young)).isPresent();
        assertThat(find(open)).isPresent();
        long items = owned(h -> h.createQuery("select count(*) from bulk_items")
                .mapTo(Long.class)
                .one());
        assertThat(items).isEqualTo(2);
    }

    /** One that refused the execution, for it is over. */
    private UUID bulkOver(UUID execution) {
        UUID bulk = UuidCreator.getTimeOrderedEpoch();
        owned(h -> {
            h.execute("""
                    insert into bulk_actions (tenant_id, id, action, latest, actor, total, finished_at)
                    values (?, ?, 'cancel', false, '{"kind":"system","id":null,"name":"x"}', 1, now())""", company.tenant, bulk);
            return h.execute(
                    "insert into bulk_items (tenant_id, bulk_id, execution_id, state) values (?, ?, ?, 'done')",
                    company.tenant,
                    bulk,
                    execution);
        });
        assertThat(find(bulk).orElseThrow().kind()).isEqualTo(Kind.CANCEL);
        return bulk;
    }

    private void since(UUID bulk, String age) {
        owned(h ->
                h.execute("update bulk_actions set finished_at = now() - cast(? as interval) where id = ?", age, bulk));
    }

    private Optional<BulkAction> find(UUID bulk) {
        return company.run(tx -> engine.bulks().find(tx, bulk));
    }
}
