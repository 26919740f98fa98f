package dev.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.StepState.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The planner over generated processes: any shape, any conditions, any failures, any order of finishing. */
class PlannerProperties {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** How a step's condition and action turn out. */
    enum Fate {
        SUCCEEDS,
        SKIPPED,
        FAILS,
        FAILS_HANDLED,
        FAILS_CONTINUES,
        FAILS_IN_HANDLER,
        CONDITION_BREAKS,
        REJECTED,
        EACH_SUCCEEDS,
        EACH_FAILS,
        EACH_FAILS_CONTINUES,
        EACH_OF_NOTHING,
        EACH_OF_TOO_MANY,
        EACH_OF_NO_LIST;

        boolean isForEach() {
            return name().startsWith("EACH_");
        }
    }

    /** @param items of a step with {@code for_each}, {@code parallel} at a time; those with an even index may fail */
    record Part(Fate fate, boolean pass, Set<Integer> dependencies, int items, int parallel) {
        Part mended() {
            Fate good = fate == Fate.SKIPPED ? fate : fate.isForEach() ? Fate.EACH_SUCCEEDS : Fate.SUCCEEDS;
            return new Part(good, pass, dependencies, items, parallel);
        }
    }

    record Workflow(List<Part> parts) {
        Definition definition() {
            var steps = IntStream.range(0, parts.size()).mapToObj(this::step).toList();
            return new Definition(
                    "generated",
                    Optional.empty(),
                    Optional.empty(),
                    new Trigger.Manual(Optional.empty()),
                    Optional.empty(),
                    steps,
                    Handlers.NONE);
        }

        private Step step(int n) {
            Part part = parts.get(n);
            return new Step(
                    "s" + n,
                    "trial.effect",
                    part.dependencies().stream().map(d -> "s" + d).toList(),
                    condition(part.fate()),
                    forEach(part),
                    part.pass(),
                    new Fixed(),
                    Shape.EMPTY,
                    Optional.<Duration>empty(),
                    Retry.DEFAULT,
                    List.of(),
                    handlers(part.fate()));
        }

        private static Optional<Expression> condition(Fate fate) {
            return switch (fate) {
                case SKIPPED -> Optional.of(new Constant(false));
                case CONDITION_BREAKS -> Optional.of(new Broken());
                case SUCCEEDS,
                        FAILS,
                        FAILS_HANDLED,
                        FAILS_CONTINUES,
                        FAILS_IN_HANDLER,
                        REJECTED,
                        EACH_SUCCEEDS,
                        EACH_FAILS,
                        EACH_FAILS_CONTINUES,
                        EACH_OF_NOTHING,
                        EACH_OF_TOO_MANY,
                        EACH_OF_NO_LIST -> Optional.of(new Constant(true));
            };
        }

        private static Optional<ForEach> forEach(Part part) {
            if (!part.fate().isForEach()) {
                return Optional.empty();
            }
            int size = switch (part.fate()) {
                case EACH_OF_NOTHING -> 0;
                case EACH_OF_TOO_MANY -> ForEach.MAX_ITEMS + 1;
                default -> part.items();
            };
            var list = JSON.arrayNode();
            IntStream.range(0, size).forEach(list::add);
            JsonNode given = part.fate() == Fate.EACH_OF_NO_LIST ? JSON.stringNode("abc") : list;
            return Optional.of(new ForEach(new Listed(given), part.parallel()));
        }

        private static Handlers handlers(Fate fate) {
            var two = List.of(
                    new Handlers.Handler("trial.effect", new Fixed()),
                    new Handlers.Handler("trial.effect", new Fixed()));
            return switch (fate) {
                case FAILS_HANDLED, FAILS_IN_HANDLER -> new Handlers(two, false);
                case FAILS_CONTINUES, EACH_FAILS_CONTINUES -> new Handlers(List.of(), true);
                case SUCCEEDS,
                        SKIPPED,
                        FAILS,
                        CONDITION_BREAKS,
                        REJECTED,
                        EACH_SUCCEEDS,
                        EACH_FAILS,
                        EACH_OF_NOTHING,
                        EACH_OF_TOO_MANY,
                        EACH_OF_NO_LIST -> Handlers.NONE;
            };
        }

        /** The same without failures, but for the steps whose failure stays. */
        Workflow mendedBut(Set<String> kept) {
            return new Workflow(IntStream.range(0, parts.size())
                    .mapToObj(n ->
                            kept.contains("s" + n) ? parts.get(n) : parts.get(n).mended())
                    .toList());
        }

        Fate fate(String unit) {
            return parts.get(Integer.parseInt(unit.replaceAll("^s(\\d+).*$", "$1")))
                    .fate();
        }

        boolean endsEarly() {
            return parts.stream()
                    .map(Part::fate)
                    .anyMatch(f -> f == Fate.FAILS
                            || f == Fate.FAILS_IN_HANDLER
                            || f == Fate.CONDITION_BREAKS
                            || f == Fate.REJECTED
                            || f == Fate.EACH_FAILS
                            || f == Fate.EACH_OF_TOO_MANY
                            || f == Fate.EACH_OF_NO_LIST);
        }
    }

    /** A run of a process: units finish in an order that the seed decides. */
    private static final class Run {
        final Workflow process;
        final Definition definition;
        final Random random;
        final Map<String, StepState> states = new LinkedHashMap<>();
        final Map<String, Integer> items = new HashMap<>();
        final List<String> order = new ArrayList<>();
        private final Set<String> running = new HashSet<>();
        Optional<Next.Ending> ending = Optional.empty();

        Run(Workflow process, long seed) {
            this.process = process;
            this.definition = process.definition();
            this.random = new Random(seed);
        }

        Run toTheEnd() {
            while (ending.isEmpty() && states.size() + order.size() < 1000) {
                if (!round()) {
                    return this;
                }
            }
            return this;
        }

        /** False when nothing can go on: a deadlock, unless the execution has ended. */
        boolean round() {
            Next next = plan();
            next.settled().forEach(this::settle);
            next.cancel().forEach(id -> settle(id, state(Status.CANCELLED, id)));
            next.expanded().forEach((step, list) -> {
                assertThat(items).as("a list is evaluated once").doesNotContainKey(step);
                items.put(step, list.size());
            });
            ending = next.ending();
            running.addAll(next.ready());
            itemsAreLimited();
            if (running.isEmpty()) {
                return ending.isPresent()
                        || !next.settled().isEmpty()
                        || !next.expanded().isEmpty();
            }
            String finished = new ArrayList<>(new TreeSet<>(running)).get(random.nextInt(running.size()));
            running.remove(finished);
            settle(finished, outcome(finished));
            return true;
        }

        private void itemsAreLimited() {
            for (Step step : definition.steps()) {
                step.forEach()
                        .ifPresent(each -> assertThat(running.stream().filter(id -> id.startsWith(step.id() + "[")))
                                .hasSizeLessThanOrEqualTo(each.maxParallel()));
            }
        }

        Next plan() {
            var seen = new HashMap<>(states);
            running.forEach(id -> seen.put(id, state(Status.RUNNING, id)));
            return Planner.next(definition, new Progress(seen, items, Optional.empty()), new Nothing());
        }

        private void settle(String id, StepState state) {
            assertThat(states).as("a unit ends once").doesNotContainKey(id);
            states.put(id, state);
            order.add(id);
        }

        private StepState outcome(String id) {
            Fate fate = process.fate(id);
            boolean fails;
            if (id.contains(".on_error")) {
                fails = fate == Fate.FAILS_IN_HANDLER;
            } else if (id.contains("[")) {
                fails = (fate == Fate.EACH_FAILS || fate == Fate.EACH_FAILS_CONTINUES) && id.matches(".*[02468]]");
            } else {
                assertThat(fate.isForEach()).as("only items run").isFalse();
                fails = fate != Fate.SUCCEEDS && fate != Fate.SKIPPED;
            }
            return state(fails ? Status.FAILED : Status.COMPLETED, id);
        }

        private StepState state(Status status, String id) {
            String code = process.fate(id) == Fate.REJECTED ? "approval_rejected" : "broken";
            return new StepState(
                    status,
                    1,
                    Optional.empty(),
                    JSON.objectNode().put("unit", id),
                    status == Status.FAILED ? Optional.of(StepError.of(code, "it broke", 1)) : Optional.empty(),
                    Optional.empty());
        }
    }

    @Provide
    Arbitrary<Workflow> processes() {
        return Arbitraries.integers().between(1, 9).flatMap(size -> {
            List<Arbitrary<Part>> parts = new ArrayList<>();
            for (int n = 0; n < size; n++) {
                Arbitrary<Set<Integer>> dependencies = n == 0
                        ? Arbitraries.just(Set.of())
                        : Arbitraries.integers().between(0, n - 1).set().ofMaxSize(3);
                parts.add(Combinators.combine(
                                Arbitraries.frequencyOf(
                                        Tuple.of(6, Arbitraries.just(Fate.SUCCEEDS)),
                                        Tuple.of(4, Arbitraries.of(Fate.class))),
                                Arbitraries.of(true, false),
                                dependencies,
                                Arbitraries.integers().between(1, 8),
                                Arbitraries.integers().between(1, 3))
                        .as(Part::new));
            }
            return Combinators.combine(parts).as(Workflow::new);
        });
    }

    @Property(tries = 1500)
    void it_never_deadlocks_and_every_step_ends_in_one_final_status(
            @ForAll("processes") Workflow process, @ForAll long seed) {
        Run run = new Run(process, seed).toTheEnd();

        assertThat(run.ending).as("it ends").isPresent();
        run.states.values().forEach(s -> assertThat(s.status().isFinal()).isTrue());
        if (!process.endsEarly()) {
            assertThat(run.ending.orElseThrow().outcome()).isEqualTo("succeeded");
            assertThat(run.states.keySet())
                    .containsAll(process.definition().stepsById().keySet());
        }
    }

    @Property(tries = 1500)
    void a_step_ends_after_everything_that_it_depends_on(@ForAll("processes") Workflow process, @ForAll long seed) {
        Run run = new Run(process, seed).toTheEnd();

        for (Step step : run.definition.steps()) {
            for (String dependency : step.dependsOn()) {
                if (run.order.contains(step.id())) {
                    assertThat(run.order.indexOf(dependency))
                            .as(dependency + " before " + step.id())
                            .isBetween(0, run.order.indexOf(step.id()));
                }
            }
        }
    }

    @Property(tries = 1000)
    void the_order_in_which_parallel_steps_finish_changes_nothing(
            @ForAll("processes") Workflow process, @ForAll long one, @ForAll long other) {
        if (process.endsEarly()) {
            return; // what an unhandled failure keeps from starting does depend on when it comes
        }

        Run first = new Run(process, one).toTheEnd();
        Run second = new Run(process, other).toTheEnd();

        assertThat(statuses(first)).isEqualTo(statuses(second));
        assertThat(first.ending).isEqualTo(second.ending);
    }

    @Property(tries = 1000)
    void a_node_that_takes_over_after_any_prefix_comes_to_the_same_end(
            @ForAll("processes") Workflow process, @ForAll long seed) {
        if (process.endsEarly()) {
            return;
        }
        Run whole = new Run(process, seed).toTheEnd();

        for (int rounds = 0; rounds < whole.order.size(); rounds++) {
            Run before = new Run(process, seed);
            for (int i = 0; i < rounds && before.ending.isEmpty(); i++) {
                before.round();
            }
            Run after = new Run(process, seed + 1);
            after.states.putAll(before.states);
            after.items.putAll(before.items);
            after.toTheEnd();
            assertThat(statuses(after)).isEqualTo(statuses(whole));
        }
    }

    @Property(tries = 1500)
    void every_step_ends_as_the_rules_say_one_after_the_other(
            @ForAll("processes") Workflow process, @ForAll long seed) {
        if (process.endsEarly()) {
            return; // which steps were kept from starting depends on the order then
        }

        Run run = new Run(process, seed).toTheEnd();

        for (int n = 0; n < process.parts().size(); n++) {
            StepState state = Optional.ofNullable(run.states.get("s" + n)).orElseThrow();
            String end = state.status() + state.skipReason().map(r -> " " + r).orElse("");
            assertThat(end).as("s" + n + " of " + process).isEqualTo(naive(process, n));
        }
    }

    @Property(tries = 500)
    void the_output_of_a_list_is_in_the_order_of_its_items(@ForAll("processes") Workflow process, @ForAll long seed) {
        Run run = new Run(process, seed).toTheEnd();

        run.items.forEach((step, count) -> {
            StepState state = run.states.getOrDefault(step, StepState.PENDING);
            if (state.status() == Status.COMPLETED) {
                assertThat(state.output().values())
                        .extracting(o -> o.path("unit").asString())
                        .containsExactlyElementsOf(IntStream.range(0, count)
                                .mapToObj(i -> step + "[" + i + "]")
                                .toList());
            }
        });
    }

    @Property(tries = 1500)
    void a_retry_of_what_is_mended_comes_to_a_good_end_and_repeats_nothing_that_completed(
            @ForAll("processes") Workflow process, @ForAll long seed) {
        Run before = new Run(process, seed).toTheEnd();
        boolean failed = before.ending.orElseThrow().status().equals("failed");
        var progress = new Progress(before.states, before.items, Optional.empty());
        RetryPlan plan = RetryPlan.of(before.definition, progress, failed, Optional.empty());
        if (!(plan instanceof RetryPlan.SetBack back)) {
            assertThat(before.ending.orElseThrow().outcome())
                    .as(plan.toString())
                    .isEqualTo("succeeded");
            return;
        }
        assertThat(back.units()).containsAll(back.from());
        assertThat(back.units().stream().map(before.states::get))
                .doesNotContainNull()
                .noneMatch(state -> state.status() == Status.COMPLETED);

        Set<String> kept = before.states.entrySet().stream()
                .filter(state -> state.getValue().status() == Status.FAILED)
                .map(Map.Entry::getKey)
                .filter(unit -> !back.units().contains(unit))
                .collect(Collectors.toSet());
        Run after = new Run(process.mendedBut(kept), seed + 1);
        after.states.putAll(before.states);
        after.states.keySet().removeAll(back.units());
        before.items.forEach((step, count) -> {
            if (back.units().contains(step)) {
                after.items.put(step, count);
            }
        });
        after.toTheEnd();

        assertThat(after.ending.orElseThrow().outcome()).isEqualTo("succeeded");
        assertThat(after.definition.stepsById().keySet()).isSubsetOf(after.states.keySet());
        back.from()
                .forEach(step -> assertThat(after.states.get(step))
                        .extracting(StepState::status)
                        .isEqualTo(Status.COMPLETED));
    }

    /** The rules, as the documentation says them, with no progress and no order: by recursion over dependencies. */
    private static String naive(Workflow process, int n) {
        Part part = process.parts().get(n);
        List<String> ends =
                part.dependencies().stream().map(d -> naiveSeen(process, d)).toList();
        if (ends.contains("FAILED") || ends.contains("SKIPPED blocked")) {
            return "SKIPPED blocked";
        }
        if (!ends.isEmpty() && !ends.contains("COMPLETED")) {
            return "SKIPPED dead_path";
        }
        return switch (part.fate()) {
            case SUCCEEDS, EACH_SUCCEEDS, EACH_OF_NOTHING -> "COMPLETED";
            case SKIPPED -> "SKIPPED condition";
            case FAILS,
                    FAILS_HANDLED,
                    FAILS_CONTINUES,
                    FAILS_IN_HANDLER,
                    CONDITION_BREAKS,
                    REJECTED,
                    EACH_FAILS,
                    EACH_FAILS_CONTINUES,
                    EACH_OF_TOO_MANY,
                    EACH_OF_NO_LIST -> "FAILED";
        };
    }

    /** As its dependents see it. */
    private static String naiveSeen(Workflow process, int n) {
        Part part = process.parts().get(n);
        String end = naive(process, n);
        boolean continues = part.fate() == Fate.FAILS_CONTINUES || part.fate() == Fate.EACH_FAILS_CONTINUES;
        boolean passes = end.equals("SKIPPED condition") && part.pass();
        return passes || (end.equals("FAILED") && continues) ? "COMPLETED" : end;
    }

    @Property(tries = 500)
    void the_same_progress_gives_the_same_plan(@ForAll("processes") Workflow process, @ForAll long seed) {
        Run run = new Run(process, seed);
        while (run.ending.isEmpty() && run.order.size() < 100) {
            Next once = run.plan();
            assertThat(run.plan()).isEqualTo(once);
            if (!run.round()) {
                return;
            }
        }
    }

    private static Map<String, Status> statuses(Run run) {
        var statuses = new HashMap<String, Status>();
        run.states.forEach((id, state) -> statuses.put(id, state.status()));
        return statuses;
    }

    private record Constant(boolean value) implements Expression {
        @Override
        public String source() {
            return Boolean.toString(value);
        }

        @Override
        public JsonNode evaluate(Scope scope) {
            return JSON.booleanNode(value);
        }

        @Override
        public boolean holds(Scope scope) {
            return value;
        }

        @Override
        public List<Reference> references() {
            return List.of();
        }
    }

    private record Listed(JsonNode list) implements Expression {
        @Override
        public String source() {
            return list.toString();
        }

        @Override
        public JsonNode evaluate(Scope scope) {
            return list;
        }

        @Override
        public boolean holds(Scope scope) {
            return true;
        }

        @Override
        public List<Reference> references() {
            return List.of();
        }
    }

    private record Broken() implements Expression {
        @Override
        public String source() {
            return "nowhere";
        }

        @Override
        public JsonNode evaluate(Scope scope) {
            throw new EvaluationException("undefined", "nowhere is not there", 0);
        }

        @Override
        public boolean holds(Scope scope) {
            throw new EvaluationException("undefined", "nowhere is not there", 0);
        }

        @Override
        public List<Reference> references() {
            return List.of();
        }
    }

    private record Fixed() implements Template {
        @Override
        public JsonNode source() {
            return JSON.objectNode();
        }

        @Override
        public JsonNode render(Scope scope) {
            return JSON.objectNode();
        }

        @Override
        public List<Placed> expressions() {
            return List.of();
        }
    }

    private record Nothing() implements Scope {
        @Override
        public JsonNode root(String name) {
            return JSON.missingNode();
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public ZoneId zone() {
            return ZoneId.of("Asia/Kolkata");
        }

        @Override
        public String currency() {
            return "INR";
        }
    }
}
