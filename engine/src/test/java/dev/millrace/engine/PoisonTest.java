package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.millrace.testkit.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Actions that break more than themselves (E4, R14). */
class PoisonTest {
    private static final String NEIGHBOUR = """
            workflow:
              name: neighbour
              trigger: { event: order.created, condition: "{{ trigger.amount < 10 }}" }
              steps:
                - { id: first, action: trial.effect, config: {} }
                - { id: last, action: trial.effect, depends_on: first, config: {} }
            """;

    private static String breaking(String how) {
        return """
                workflow:
                  name: poison
                  trigger: { event: order.created, condition: "{{ trigger.amount >= 10 }}" }
                  steps:
                    - { id: broken, action: trial.break, retry: { max_attempts: 1 }, config: { how: %s } }
                """.formatted(how);
    }

    private final TestDatabase database = EngineDatabase.TEMPLATE.fresh();
    private final UUID tenant = UuidCreator.getTimeOrderedEpoch();
    private final TestDirectory directory = new TestDirectory();
    private final Engine api = EngineFixture.newEngine(
            database.app(), false, directory, new TrialActions.Calls(), Holds.NONE, Duration.ofSeconds(2));
    private final TestCompany company = new TestCompany(directory, api, tenant);

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void E4_an_action_that_halts_the_JVM_is_given_up_after_five_nodes_and_its_neighbours_finish() throws Exception {
        company.enable(breaking("halt"));
        company.enable(NEIGHBOUR);
        List<UUID> neighbours = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            neighbours.add(company.start("1"));
        }
        UUID poison = company.start("10");
        for (int i = 0; i < 10; i++) {
            neighbours.add(company.start("1"));
        }

        int halted = 0;
        while (!company.view(poison).status().equals("failed") && halted < 10) {
            halted += runsUntilHaltedOr(poison) ? 1 : 0;
        }

        assertThat(halted).isEqualTo(5);
        assertThat(company.view(poison).error().orElseThrow().path("code").asString())
                .isEqualTo("worker_crashed");
        assertThat(company.effects(poison, "broken"))
                .as("rolled back each time")
                .isZero();
        for (UUID neighbour : neighbours) {
            assertThat(company.view(neighbour).status()).isEqualTo("completed");
            assertThat(company.effects(neighbour, "first")).isEqualTo(1);
            assertThat(company.effects(neighbour, "last")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "recursion"})
    void E4_one_that_eats_the_memory_or_recurses_for_ever_is_a_failed_attempt_and_no_more(String how) {
        company.enable(breaking(how));
        company.enable(NEIGHBOUR);
        try (Engine node = EngineFixture.newEngine(
                database.app(), true, directory, new TrialActions.Calls(), Holds.NONE, Duration.ofSeconds(30))) {
            node.start();
            UUID poison = company.start("10");
            UUID neighbour = company.start("1");

            company.awaitStatus(poison, "failed");
            company.awaitStatus(neighbour, "completed");
            assertThat(company.steps(poison)
                            .get("broken")
                            .error()
                            .orElseThrow()
                            .path("code")
                            .asString())
                    .isEqualTo("unexpected_error");
            assertThat(company.steps(poison).get("broken").attempt()).isEqualTo(1);
            assertThat(company.effects(poison, "broken")).isZero();
        }
    }

    /** A node in a process of its own; true: it died of what it ran. */
    private boolean runsUntilHaltedOr(UUID execution) throws IOException, InterruptedException {
        Process node = CrashNode.process(database, tenant, "nowhere")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            while (!company.view(execution).status().equals("failed")) {
                if (node.waitFor(50, TimeUnit.MILLISECONDS)) {
                    assertThat(node.exitValue()).isEqualTo(9);
                    return true;
                }
            }
            return false;
        } finally {
            node.destroyForcibly();
            assertThat(node.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
