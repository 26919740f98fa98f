package dev.millrace.language.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Definition;
import dev.millrace.language.Expression;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.Handlers;
import dev.millrace.language.Next;
import dev.millrace.language.Planner;
import dev.millrace.language.Progress;
import dev.millrace.language.Retry;
import dev.millrace.language.Scope;
import dev.millrace.language.Shape;
import dev.millrace.language.Step;
import dev.millrace.language.StepError;
import dev.millrace.language.StepState;
import dev.millrace.language.StepState.Status;
import dev.millrace.language.Template;
import dev.millrace.language.Trigger;
import dev.millrace.language.policy.Course.Point;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The paths over generated processes, against the real planner: all answers of all conditions, all decisions of all
 * approvals are tried, and the last step is watched.
 */
class PathProperties {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Template NO_CONFIG = template();
    private static final List<String> CONDITIONS = List.of(
            "trigger.a",
            "not trigger.a",
            "trigger.b",
            "trigger.a and not trigger.b",
            "trigger.a or trigger.b",
            "trigger.kind == 'x'",
            "trigger.kind != 'x'",
            "trigger.kind in ['y', 'z']",
            "trigger.amount > 150",
            "trigger.amount <= 150",
            "trigger.amount > 80",
            "trigger.amount > 100 and trigger.amount < 200 or trigger.b",
            "trigger.amount < 90");
    private static final List<BigDecimal> AMOUNTS =
            IntStream.of(120, 150, 170, 200, 250).mapToObj(BigDecimal::valueOf).toList();

    /** Of the last step whether it ran while fewer approvals were given than asked for. */
    private record Sample(Definition definition, Set<String> approvals) {
        String last() {
            return definition.steps().getLast().id();
        }
    }

    @Property(tries = 1500)
    void a_way_is_found_exactly_where_the_planner_takes_one(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 3) int levels) {
        Sample process = process(random, levels == 1);

        Optional<Way> way = find(process, levels);
        boolean taken = isTaken(process, levels);

        Statistics.label("taken").collect(taken);
        assertThat(way.isPresent()).as(() -> describe(process)).isEqualTo(taken);
        way.ifPresent(found -> assertThat(found.stops().getLast().point())
                .isEqualTo(process.definition().steps().size() - 1));
    }

    private static Sample process(Random random, boolean statuses) {
        int size = 2 + random.nextInt(5);
        var approvals = new TreeSet<String>();
        var steps = new ArrayList<Step>();
        for (int i = 0; i < size; i++) {
            String id = "s" + i;
            boolean last = i == size - 1;
            List<String> before = dependencies(random, i, last);
            if (!last && random.nextInt(2) == 0) {
                approvals.add(id);
            }
            steps.add(new Step(
                    id,
                    "trial.effect",
                    before,
                    condition(
                            random,
                            statuses
                                    ? before.stream()
                                            .filter(approvals::contains)
                                            .toList()
                                    : List.of()),
                    Optional.empty(),
                    random.nextInt(4) == 0,
                    NO_CONFIG,
                    Shape.EMPTY,
                    Optional.empty(),
                    Retry.DEFAULT,
                    List.of(),
                    handlers(random)));
        }
        var definition = new Definition(
                "generated",
                Optional.empty(),
                Optional.empty(),
                new Trigger.Manual(Optional.empty()),
                Optional.empty(),
                steps,
                Handlers.NONE);
        return new Sample(definition, approvals);
    }

    private static List<String> dependencies(Random random, int step, boolean last) {
        List<String> before = new ArrayList<>();
        for (int i = 0; i < step; i++) {
            if (random.nextInt(last ? 5 : 2) <= (last ? 2 : 0)) {
                before.add("s" + i);
            }
        }
        return before;
    }

    /** Only approvals are asked for their status: what is known of others depends on the way that is taken. */
    private static Optional<Expression> condition(Random random, List<String> before) {
        if (random.nextInt(2) == 0) {
            return Optional.empty();
        }
        if (!before.isEmpty() && random.nextInt(4) == 0) {
            return Optional.of(expression("steps." + before.getFirst() + ".status == 'completed'"));
        }
        return Optional.of(expression(CONDITIONS.get(random.nextInt(CONDITIONS.size()))));
    }

    private static Handlers handlers(Random random) {
        return switch (random.nextInt(8)) {
            case 0, 3, 4, 5 -> Handlers.NONE;
            case 1 -> new Handlers(List.of(), true);
            case 2 -> new Handlers(List.of(new Handlers.Handler("trial.effect", NO_CONFIG)), true);
            default -> new Handlers(List.of(new Handlers.Handler("trial.effect", NO_CONFIG)), false);
        };
    }

    private static Optional<Way> find(Sample process, int levels) {
        List<Step> steps = process.definition().steps();
        List<String> ids = steps.stream().map(Step::id).toList();
        var approvals = new BitSet();
        process.approvals().forEach(id -> approvals.set(ids.indexOf(id)));
        var course = new Course(steps.stream()
                .map(step -> new Point(
                        step.id(),
                        step.dependsOn().stream().map(ids::indexOf).toList(),
                        step.condition().isPresent(),
                        step.condition(),
                        step.passIfSkipped(),
                        step.onError().thenContinue()))
                .toList());
        var amount = new Amount(Set.of(List.of("trigger", "amount")), BigDecimal.valueOf(100));
        return new Paths(course).without(steps.size() - 1, approvals, levels, amount);
    }

    private static boolean isTaken(Sample process, int levels) {
        List<String> approvals = List.copyOf(process.approvals());
        for (int decisions = 0; decisions < 1 << approvals.size(); decisions++) {
            for (int flags = 0; flags < 12; flags++) {
                for (BigDecimal amount : AMOUNTS) {
                    var rejected = new HashSet<String>();
                    for (int i = 0; i < approvals.size(); i++) {
                        if ((decisions >> i & 1) == 1) {
                            rejected.add(approvals.get(i));
                        }
                    }
                    if (lacksApproval(process, levels, rejected, trigger(flags, amount))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static ObjectNode trigger(int flags, BigDecimal amount) {
        ObjectNode trigger = JSON.objectNode().put("a", (flags & 1) == 1).put("b", (flags & 2) == 2);
        trigger.put("kind", List.of("x", "y", "w").get(flags / 4));
        trigger.set("amount", DecimalNode.valueOf(amount));
        return trigger;
    }

    private static boolean lacksApproval(Sample process, int levels, Set<String> rejected, ObjectNode trigger) {
        Map<String, StepState> states = new HashMap<>();
        var scope = new TriggerScope(trigger);
        while (true) {
            Next next = Planner.next(process.definition(), new Progress(states, Map.of(), Optional.empty()), scope);
            states.putAll(next.settled());
            if (next.ready().isEmpty()) {
                break;
            }
            next.ready().forEach(unit -> states.put(unit, rejected.contains(unit) ? rejected() : completed()));
        }
        long given = upstream(process).stream()
                .filter(process.approvals()::contains)
                .filter(id -> status(states, id) == Status.COMPLETED)
                .count();
        return status(states, process.last()) == Status.COMPLETED && given < levels;
    }

    private static Set<String> upstream(Sample process) {
        var found = new HashSet<String>();
        var open = new ArrayList<>(process.definition().steps().getLast().dependsOn());
        while (!open.isEmpty()) {
            String id = open.removeLast();
            if (found.add(id)) {
                open.addAll(process.definition().step(id).orElseThrow().dependsOn());
            }
        }
        return found;
    }

    private static Status status(Map<String, StepState> states, String id) {
        return states.getOrDefault(id, StepState.PENDING).status();
    }

    private static StepState completed() {
        return new StepState(
                Status.COMPLETED, 1, Optional.empty(), JSON.objectNode(), Optional.empty(), Optional.empty());
    }

    private static StepState rejected() {
        return new StepState(
                Status.FAILED,
                1,
                Optional.empty(),
                JSON.missingNode(),
                Optional.of(StepError.of("approval_rejected", "no", 1)),
                Optional.empty());
    }

    private static String describe(Sample process) {
        var text = new StringBuilder("approvals " + process.approvals());
        process.definition()
                .steps()
                .forEach(step -> text.append("%n%s %s if %s%s%s"
                        .formatted(
                                step.id(),
                                step.dependsOn(),
                                step.condition().map(Expression::source).orElse("-"),
                                step.passIfSkipped() ? " pass" : "",
                                step.onError().thenContinue() ? " continue" : "")));
        return text.toString();
    }

    private static Expression expression(String text) {
        return switch (Expressions.expression(text)) {
            case Parsed.Good<Expression> good -> good.value();
            case Parsed.Bad<Expression> bad -> throw new IllegalStateException(bad.toString());
        };
    }

    private static Template template() {
        return switch (Expressions.template(JSON.objectNode(), path -> false)) {
            case Parsed.Good<Template> good -> good.value();
            case Parsed.Bad<Template> bad -> throw new IllegalStateException(bad.toString());
        };
    }

    private record TriggerScope(ObjectNode trigger) implements Scope {
        @Override
        public JsonNode root(String name) {
            return name.equals("trigger") ? trigger : JSON.missingNode();
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public ZoneId zone() {
            return ZoneOffset.UTC;
        }

        @Override
        public String currency() {
            return "INR";
        }
    }
}
