package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.millrace.engine.BulkAction.Asked;
import dev.millrace.engine.BulkAction.Kind;
import dev.millrace.testkit.HoldPoints;
import dev.millrace.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One action on many executions, whatever happens to the node that is at it. */
class BulkTest {
    private static final int MANY = 12;

    private final TestDatabase database = EngineDatabase.TEMPLATE.fresh();
    private final UUID tenant = UuidCreator.getTimeOrderedEpoch();
    private final TestDirectory directory = new TestDirectory();
    private final Engine api = engine(false, Holds.NONE);
    private final TestCompany company = new TestCompany(directory, api, tenant);

    private Engine engine(boolean workers, Holds holds) {
        return EngineFixture.newEngine(
                database.app(), workers, directory, new TrialActions.Calls(), holds, Duration.ofSeconds(2));
    }

    @BeforeEach
    void define() {
        company.enable("""
                workflow:
                  name: broken
                  trigger: { event: order.created, condition: "{{ trigger.amount < 10 }}" }
                  steps:
                    - { id: fails, action: trial.fail, retry: { max_attempts: 1 }, config: { retryable: false } }
                """);
        company.enable("""
                workflow:
                  name: parked
                  trigger: { event: order.created, condition: "{{ trigger.amount >= 10 }}" }
                  steps:
                    - { id: nap, action: core.wait, config: { for: 1h } }
                """);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private List<UUID> start(String amount, String status) {
        List<UUID> started =
                IntStream.range(0, MANY).mapToObj(i -> company.start(amount)).toList();
        started.forEach(execution -> company.awaitStatus(execution, status));
        return started;
    }

    private List<UUID> failed() {
        try (Engine worker = engine(true, Holds.NONE)) {
            worker.start();
            return start("1", "failed");
        }
    }

    private static BulkAction.Order order(String workflow, Kind kind, int expected) {
        return new BulkAction.Order(ExecutionFilter.ofWorkflow(workflow), kind, false, Optional.of("mended"), expected);
    }

    private Asked ask(BulkAction.Order order) {
        return company.run(tx -> api.bulks().ask(tx, order, Actor.user(company.meera)));
    }

    private UUID accepted(BulkAction.Order order) {
        Asked asked = ask(order);
        assertThat(asked).isInstanceOf(Asked.Accepted.class);
        return ((Asked.Accepted) asked).id();
    }

    private BulkAction find(UUID bulk) {
        return company.run(tx -> api.bulks().find(tx, bulk)).orElseThrow();
    }

    private BulkAction awaitFinished(UUID bulk) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> find(bulk), found -> found.finishedAt().isPresent());
    }

    private long journaledOnce(List<UUID> executions, String type) {
        return executions.stream()
                .filter(execution -> company.journaled(execution, type) == 1)
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bulk.before_commit", "bulk.after_item"})
    void E5_a_node_that_dies_in_the_middle_loses_and_repeats_nothing(String point) throws Exception {
        List<UUID> failed = failed();
        UUID bulk = accepted(order("broken", Kind.RETRY, MANY));

        KilledNode.killAt(database, tenant, point);

        assertThat(find(bulk).done()).isEqualTo(point.equals("bulk.after_item") ? 1 : 0);
        try (Engine successor = engine(true, Holds.NONE)) {
            successor.start();
            BulkAction over = awaitFinished(bulk);
            assertThat(over.done()).isEqualTo(MANY);
            assertThat(over.refused()).isZero();
            assertThat(over.pending()).isZero();
            failed.forEach(execution -> company.awaitStatus(execution, "failed"));
        }
        assertThat(journaledOnce(failed, "workflow.retried")).isEqualTo(MANY);
    }

    @Test
    void nodes_that_are_at_it_together_do_each_once() {
        var holds = new HoldPoints();
        try (Engine first = engine(true, holds::at);
                Engine second = engine(true, Holds.NONE)) {
            first.start();
            List<UUID> parked = start("10", "waiting");
            UUID bulk;
            try (HoldPoints.Hold hold = holds.hold("bulk.before_commit")) {
                bulk = accepted(order("parked", Kind.CANCEL, MANY));
                hold.awaitReached();
                // Another node passes over the one that is locked, and does not take the action for finished.
                second.start();
                await().atMost(Duration.ofSeconds(30)).until(() -> find(bulk).done() == MANY - 1);
                assertThat(find(bulk).finishedAt()).isEmpty();
                hold.release();
            }

            assertThat(awaitFinished(bulk).done()).isEqualTo(MANY);
            assertThat(journaledOnce(parked, "workflow.cancelled")).isEqualTo(MANY);
            assertThat(parked)
                    .allMatch(execution -> company.view(execution).status().equals("cancelled"));
        }
    }

    @Test
    void what_cannot_be_done_is_told_with_its_reason_and_keeps_nothing_from_the_rest() {
        List<UUID> parked;
        UUID broken;
        BulkAction over;
        try (Engine worker = engine(true, Holds.NONE)) {
            worker.start();
            parked = start("10", "waiting");
            broken = company.start("1");
            company.awaitStatus(broken, "failed");

            over = awaitFinished(accepted(
                    new BulkAction.Order(ExecutionFilter.ALL, Kind.CANCEL, false, Optional.empty(), MANY + 1)));
        }

        assertThat(over.done()).isEqualTo(MANY);
        assertThat(over.refused()).isEqualTo(1);
        assertThat(over.refusals()).hasSize(1);
        assertThat(over.refusals().getFirst().execution()).isEqualTo(broken);
        assertThat(over.refusals().getFirst().code()).isEqualTo("not_live");
        assertThat(journaledOnce(parked, "workflow.cancelled")).isEqualTo(MANY);
        assertThat(company.view(broken).status()).isEqualTo("failed");
    }

    @Test
    void it_is_stored_only_if_it_concerns_as_many_as_were_seen() {
        List<UUID> failed = failed();

        assertThat(company.<Integer>run(tx -> api.bulks().count(tx, ExecutionFilter.ofWorkflow("broken"))))
                .isEqualTo(MANY);
        assertThat(ask(order("broken", Kind.RETRY, MANY - 1))).isEqualTo(new Asked.CountChanged(MANY));
        assertThat(ask(order("nothing", Kind.RETRY, 0))).isEqualTo(new Asked.NothingFound());

        long stored = company.run(tx -> tx.handle()
                .createQuery("""
                        select (select count(*) from bulk_actions where tenant_id = :tenant)
                             + (select count(*) from bulk_items where tenant_id = :tenant)""")
                .bind("tenant", tenant)
                .mapTo(Long.class)
                .one());
        assertThat(stored).isZero();
        assertThat(journaledOnce(failed, "workflow.retried")).isZero();
    }

    @Test
    void another_company_sees_nothing_of_it_and_is_not_touched() {
        failed();
        UUID bulk = accepted(order("broken", Kind.RETRY, MANY));
        var stranger = new TestCompany(directory, api, UuidCreator.getTimeOrderedEpoch());

        assertThat(stranger.<Optional<BulkAction>>run(tx -> api.bulks().find(tx, bulk)))
                .isEmpty();
        assertThat(stranger.<Integer>run(tx -> api.bulks().count(tx, ExecutionFilter.ALL)))
                .isZero();
        try (Engine worker = engine(true, Holds.NONE)) {
            worker.start();
            assertThat(awaitFinished(bulk).done()).isEqualTo(MANY);
        }
    }
}
