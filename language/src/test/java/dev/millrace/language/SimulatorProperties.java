package dev.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Script.Answer;
import dev.millrace.language.Script.Decision;
import dev.millrace.language.Script.Failing;
import dev.millrace.language.Simulated.Asked;
import dev.millrace.language.Simulated.Moment;
import dev.millrace.language.Simulated.Ran;
import dev.millrace.language.check.TestCatalogue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The simulator over the templates, whatever people answer and whatever fails. */
class SimulatorProperties {
    private static final Catalogue CATALOGUE = TestCatalogue.everything();
    private static final Instant AT = Instant.parse("2026-01-05T04:30:00Z");
    private static final Map<String, Simulator> SIMULATORS = new HashMap<>();
    private static final Map<String, Definition> DEFINITIONS = new HashMap<>();

    @Provide
    Arbitrary<String> templates() {
        return Arbitraries.of(TestCatalogue.TEMPLATES);
    }

    @Property(tries = 600)
    void every_run_ends_with_every_unit_and_request_ended_and_time_never_runs_back(
            @ForAll("templates") String template, @ForAll long seed) {
        Simulated came = simulate(template, seed);

        assertThat(came.misfits()).isEmpty();
        if (came.starts()) {
            assertThat(came.status()).isIn("completed", "failed", "cancelled");
            assertThat(came.units().values())
                    .allMatch(u -> u.status().isFinal() || u.status() == StepState.Status.PENDING);
            assertThat(came.approvals()).extracting(Asked::status).doesNotContain("pending");
            assertThat(came.timeline()).extracting(Moment::at).isSorted();
            assertThat(came.path()).doesNotHaveDuplicates();
            assertThat(came.units().values()).extracting(Ran::attempts).allMatch(n -> n <= 10);
        }
    }

    @Property(tries = 200)
    void the_same_comes_of_the_same(@ForAll("templates") String template, @ForAll long seed) {
        assertThat(simulate(template, seed)).isEqualTo(simulate(template, seed));
    }

    private static Simulated simulate(String template, long seed) {
        var random = new Random(seed);
        Definition definition = definition(template);
        Simulator simulator = SIMULATORS.computeIfAbsent(template, t -> Simulator.of(definition, CATALOGUE));
        return simulator.run(happening(definition, random), script(definition, random));
    }

    private static Definition definition(String template) {
        return DEFINITIONS.computeIfAbsent(
                template, t -> ((Checked.Valid) Checker.check(TestCatalogue.template(t), CATALOGUE)).definition());
    }

    private static Happening happening(Definition definition, Random random) {
        if (!(definition.trigger() instanceof Trigger.OnEvent trigger)) {
            return Happening.started(JsonNodeFactory.instance.objectNode(), AT);
        }
        String event = trigger.events().get(random.nextInt(trigger.events().size()));
        Shape shape =
                Optional.ofNullable(CATALOGUE.events().get(event)).orElseThrow().payload();
        ObjectNode payload = Simulator.plausible(shape, JsonNodeFactory.instance.objectNode(), AT, CATALOGUE);
        for (Field field : shape.fields()) {
            if (field.type() == ValueType.Scalar.DECIMAL) {
                payload.set(field.name(), DecimalNode.valueOf(new BigDecimal(random.nextInt(3_000_000))));
            } else if (field.type() == ValueType.Scalar.BOOLEAN) {
                payload.put(field.name(), random.nextBoolean());
            } else if (field.type() == ValueType.Scalar.UUID && !field.required()) {
                payload.set(field.name(), payload.path("id"));
            }
        }
        return Happening.event(event, payload, AT);
    }

    private static Script script(Definition definition, Random random) {
        var approvals = new HashMap<String, List<Answer>>();
        var failures = new HashMap<String, Failing>();
        var outputs = new HashMap<String, JsonNode>();
        for (Step step : definition.steps()) {
            if (step.action().equals("erp.approval.request")) {
                approvals.put(
                        step.id(),
                        IntStream.range(0, random.nextInt(4))
                                .mapToObj(n -> answer(random))
                                .toList());
            } else if (random.nextInt(5) == 0) {
                OptionalInt times = random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(4)) : OptionalInt.empty();
                failures.put(step.id(), new Failing("broken", "It broke", times));
            }
            if (step.id().equals("match")) {
                String decision = List.of("release", "hold", "review", "reject").get(random.nextInt(4));
                outputs.put("match", JsonNodeFactory.instance.objectNode().put("decision", decision));
            }
        }
        return new Script(approvals, outputs, failures, List.of());
    }

    private static Answer answer(Random random) {
        Decision decision = List.of(Decision.values()).get(random.nextInt(4));
        return new Answer(decision, Optional.empty(), Optional.empty(), Duration.ofHours(random.nextInt(60)));
    }
}
