package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.millrace.engine.approval.Request;
import dev.millrace.testkit.HoldPoints;
import dev.millrace.testkit.HoldPoints.Hold;
import dev.millrace.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever commits entries wakes the sealer: here nobody looks without being woken, but when the node starts. */
class SealingTest {
    private static final String TWO_STEPS = """
            workflow:
              name: two
              trigger: { event: order.created }
              steps:
                - { id: first, action: trial.effect, config: {} }
                - { id: then, action: trial.effect, depends_on: first, config: {} }
            """;
    private static final String ASK = """
            workflow:
              name: ask
              trigger: { event: order.created }
              steps:
                - id: ask
                  action: erp.approval.request
                  config: { role: Finance Head, min_approvals: 2 }
            """;

    /** Longer than any test waits. */
    private static final Duration NEVER = Duration.ofMinutes(10);

    private final TestDatabase database = EngineDatabase.TEMPLATE.fresh();
    private final TestDirectory directory = new TestDirectory();
    private final HoldPoints holds = new HoldPoints();
    private final Engine engine = EngineFixture.newEngine(
            database.app(),
            database.app(),
            new NodeSettings(UuidCreator.getTimeOrderedEpoch(), true, NEVER.multipliedBy(3), NEVER, 64, 64, false),
            directory,
            new TrialActions.Calls(),
            holds::at);
    private final TestCompany company = new TestCompany(directory, engine, UuidCreator.getTimeOrderedEpoch());

    @BeforeEach
    void start() {
        engine.start();
    }

    @AfterEach
    void close() {
        holds.clear();
        engine.close();
        database.close();
    }

    @Test
    void a_local_step_that_ends_is_sealed_at_once() {
        company.enable(TWO_STEPS);
        Hold first = holds.hold("step.before_commit");
        UUID execution = company.start("1");
        first.awaitReached();
        Hold then = holds.hold("step.before_action");
        awaitAllSealed();

        first.release();
        then.awaitReached();

        awaitSealed(() -> sealed(execution).contains("workflow.step_completed"));
        then.release();
        company.awaitStatus(execution, "completed");
    }

    @Test
    void a_vote_that_settles_nothing_and_one_that_is_refused_are_sealed_at_once() {
        directory.add(company.tenant, "Sana", "Finance Head");
        company.enable(ASK);
        UUID execution = company.start("1");
        Request request = company.awaitRequest(execution);
        company.awaitStatus(execution, "awaiting_approval");
        awaitAllSealed();

        assertThat(company.approve(request, company.meera)).isInstanceOf(Decided.Counted.class);
        awaitSealed(() -> sealed(execution).contains("workflow.approval_counted"));
        awaitAllSealed();
        long before =
                sealed().stream().filter("workflow.decision_refused"::equals).count();
        assertThat(company.approve(request, company.requester)).isInstanceOf(Decided.Forbidden.class);

        awaitSealed(() ->
                sealed().stream().filter("workflow.decision_refused"::equals).count() == before + 1);
    }

    private void awaitAllSealed() {
        awaitSealed(() -> company.run(tx -> engine.journal().verify(tx)).unsealed() == 0);
    }

    private static void awaitSealed(BooleanSupplier sealed) {
        await().pollInterval(Duration.ofMillis(10)).until(sealed::getAsBoolean);
    }

    private List<String> sealed(UUID execution) {
        return company.run(tx -> engine.journal().read(tx, 0, 1000)).stream()
                .filter(e -> e.entry().executionId().filter(execution::equals).isPresent())
                .map(e -> e.entry().type())
                .toList();
    }

    private List<String> sealed() {
        return company.run(tx -> engine.journal().read(tx, 0, 1000)).stream()
                .map(e -> e.entry().type())
                .toList();
    }
}
