package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Starts in a transaction that they share with whatever else the node commits. */
class SharedStartTest {
    private static final String BY_HAND = """
            workflow:
              name: by-hand
              trigger:
                manual: true
                inputs: { type: object, required: [n], properties: { n: { type: integer } } }
              steps:
                - { id: s, action: trial.effect, config: {} }
            """;

    private final EngineFixture fixture = EngineFixture.shared();
    private final TestCompany company = fixture.company();
    private final ExecutorService together = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        together.close();
    }

    private Started start(UUID definition, ObjectNode payload) {
        return fixture.engine.executions().start(company.tenant, definition, payload, Actor.user(company.meera));
    }

    private static ObjectNode payload() {
        return Json.object().put("n", 1);
    }

    @Test
    void many_at_once_each_run_once_and_have_a_history_that_verifies() {
        UUID definition = company.enable(BY_HAND).id();
        List<CompletableFuture<UUID>> starting = new ArrayList<>();

        for (int i = 0; i < 40; i++) {
            starting.add(CompletableFuture.supplyAsync(
                    () -> start(definition, payload()).orThrow(), together));
        }

        List<UUID> started = starting.stream().map(CompletableFuture::join).toList();
        assertThat(started).doesNotHaveDuplicates();
        started.forEach(execution -> {
            company.awaitStatus(execution, "completed");
            assertThat(company.effects(execution, "s")).isEqualTo(1);
            assertThat(company.journal(execution).getFirst()).isEqualTo("workflow.started");
        });
    }

    @Test
    void switching_the_definition_off_bites_at_once_though_it_was_read_a_moment_ago() {
        UUID definition = company.enable(BY_HAND).id();
        start(definition, payload()).orThrow();

        company.run(tx -> fixture.engine
                .definitions()
                .toggle(tx, definition, Optional.of(false), stored -> false, Actor.user(company.meera)));

        assertThat(start(definition, payload())).isInstanceOf(Started.NotEnabled.class);
    }

    @Test
    void what_does_not_fit_or_is_not_there_is_refused_as_ever() {
        UUID definition = company.enable(BY_HAND).id();
        start(definition, payload()).orThrow();

        assertThat(start(definition, Json.object())).isInstanceOf(Started.PayloadInvalid.class);
        assertThat(start(UuidCreator.getTimeOrderedEpoch(), payload())).isInstanceOf(Started.NotFound.class);
    }

    @Test
    void a_company_cannot_start_what_another_one_has_just_started() {
        UUID definition = company.enable(BY_HAND).id();
        start(definition, payload()).orThrow();
        TestCompany other = fixture.company();

        Started started = fixture.engine.executions().start(other.tenant, definition, payload(), Actor.SYSTEM);

        assertThat(started).isInstanceOf(Started.NotFound.class);
    }
}
