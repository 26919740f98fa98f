package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.millrace.engine.BulkAction.Asked;
import dev.millrace.engine.BulkAction.Kind;
import dev.millrace.engine.Retries.How;
import dev.millrace.engine.approval.Request;
import dev.millrace.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A point at which a test could hold the engine is worth nothing if nobody ever comes to it. */
class HoldPointsTest {
    private static final Pattern POINT = Pattern.compile("\\bholds(?:\\(\\))?\\s*\\.at\\(\\s*(?:\"([^\"]+)\")?");

    private static final String WHOLE = """
            workflow:
              name: whole
              trigger: { event: order.created, condition: "{{ trigger.amount == 1 }}" }
              concurrency: { key: all, on_conflict: queue }
              steps:
                - { id: call, action: trial.call, config: {} }
                - { id: effect, action: trial.effect, depends_on: call, config: {} }
                - id: paid
                  action: core.wait_for_event
                  depends_on: effect
                  config: { event: payment.received, match: event.order_id == trigger.note }
                - id: ask
                  action: erp.approval.request
                  depends_on: paid
                  config: { role: Finance Head, entity_type: order, entity_id: "{{ trigger.id }}" }
                  on_timeout: { after: 240h, action: erp.approval.escalate, config: { to_role: CFO } }
            """;
    private static final String BROKEN = """
            workflow:
              name: broken
              trigger: { event: order.created, condition: "{{ trigger.amount == 2 }}" }
              steps:
                - { id: fails, action: trial.fail, retry: { max_attempts: 1 }, config: { retryable: false } }
            """;
    private static final String CALL = """
            workflow:
              name: call
              trigger: { event: order.created, condition: "{{ trigger.amount == 3 }}" }
              steps:
                - { id: call, action: trial.ping, config: {} }
            """;
    private static final String CLOCKWORK = """
            workflow:
              name: clockwork
              trigger: { schedule: '*/5 * * * *' }
              steps:
                - { id: only, action: trial.effect, config: {} }
            """;

    private final TestDatabase database = EngineDatabase.TEMPLATE.fresh();
    private final TestDirectory directory = new TestDirectory();
    private final TrialActions.Calls calls = new TrialActions.Calls();
    private final Set<String> reached = ConcurrentHashMap.newKeySet();
    private final Engine engine =
            EngineFixture.newEngine(database.app(), true, directory, calls, reached::add, Duration.ofSeconds(30));
    private final TestCompany company = new TestCompany(directory, engine, UuidCreator.getTimeOrderedEpoch());

    @AfterEach
    void close() {
        engine.close();
        database.close();
    }

    @Test
    void every_hold_point_of_the_engine_is_come_to() throws IOException {
        engine.start();
        Stream.of(WHOLE, BROKEN, CALL, CLOCKWORK).forEach(company::enable);

        waitForMoneyAndPeople();
        loseALease();
        retryOneAndMany();
        await().untilAsserted(() -> assertThat(reached).contains("schedule.before_move"));

        assertThat(new TreeSet<>(reached)).isEqualTo(named());
    }

    private void waitForMoneyAndPeople() {
        UUID document = UuidCreator.getTimeOrderedEpoch();
        company.write(document, "{\"total\": 1}");
        var order = company.order("1").put("id", document.toString()).put("note", document.toString());
        UUID execution = company.publish(order).executions().getFirst();
        company.awaitStatus(execution, "waiting");
        UUID queued = company.start("1");
        company.awaitStatus(queued, "waiting");

        company.pay(document.toString(), "1");
        company.awaitRequest(execution);
        company.write(document, "{\"total\": 2}");
        Request changed = company.awaitRequest(execution);
        engine.approvals().sendBack(company.tenant, changed.id(), company.meera.id(), Optional.of("cheaper, please"));
        company.run(tx -> engine.documents().resubmitted(tx, "order", document, Actor.user(company.requester)));
        company.awaitRequest(execution);
        engine.clock().advance(Duration.ofHours(241));
        Request escalated = await().until(
                        () -> company.pending(execution),
                        r -> r.filter(e -> e.level() == 2).isPresent())
                .orElseThrow();
        company.approve(escalated, company.arjun);
        company.awaitStatus(execution, "completed");
        engine.executions().cancel(company.tenant, queued, Actor.SYSTEM, Optional.empty());
    }

    private void loseALease() {
        var open = new CountDownLatch(1);
        calls.during(() -> passed(open));
        UUID calling = company.start("3");
        await().until(() -> !calls.of(calling).isEmpty());

        engine.executions().cancel(company.tenant, calling, Actor.SYSTEM, Optional.empty());

        await().untilAsserted(() -> assertThat(reached).contains("execution.lease_lost"));
        open.countDown();
    }

    private static void passed(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void retryOneAndMany() {
        UUID broken = company.start("2");
        company.awaitStatus(broken, "failed");
        company.run(tx -> engine.retries().retry(tx, broken, How.USUAL, Actor.SYSTEM));
        await().until(() -> company.journaled(broken, "workflow.failed") == 2);
        var all = new BulkAction.Order(ExecutionFilter.ofWorkflow("broken"), Kind.RETRY, false, Optional.empty(), 1);
        Asked asked = company.run(tx -> engine.bulks().ask(tx, all, Actor.SYSTEM));
        assertThat(asked).isInstanceOf(Asked.Accepted.class);
        await().until(() -> company.journaled(broken, "workflow.failed") == 3);
        await().untilAsserted(() -> assertThat(reached).contains("bulk.after_item"));
    }

    /** What the sources name; a point is always written out where it is. */
    private static Set<String> named() throws IOException {
        var named = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher point = POINT.matcher(Files.readString(file));
                while (point.find()) {
                    assertThat(point.group(1))
                            .as("the name of a point in %s", file)
                            .isNotNull();
                    named.add(point.group(1));
                }
            }
        }
        assertThat(named).hasSizeGreaterThan(20);
        return named;
    }
}
