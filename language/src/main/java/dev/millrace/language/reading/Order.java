package dev.millrace.language.reading;

import dev.millrace.language.Definition;
import dev.millrace.language.Expression;
import dev.millrace.language.Step;
import dev.millrace.language.words.Exclusive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The steps in an order in which each comes after those that it depends on, and what can be known of their ways: the
 * text's own order wherever that is one.
 */
final class Order {
    private final Map<String, Step> byId;
    private final List<Step> steps;
    private final Map<String, Integer> numbers = new HashMap<>();

    Order(Definition definition) {
        byId = definition.stepsById();
        steps = sorted(definition.steps());
        steps.forEach(step -> numbers.put(step.id(), numbers.size() + 1));
    }

    private static List<Step> sorted(List<Step> steps) {
        List<Step> left = new ArrayList<>(steps);
        List<Step> sorted = new ArrayList<>();
        Set<String> done = new HashSet<>();
        while (!left.isEmpty()) {
            Step next = left.stream()
                    .filter(step -> done.containsAll(step.dependsOn()))
                    .findFirst()
                    .orElse(left.getFirst());
            left.remove(next);
            sorted.add(next);
            done.add(next.id());
        }
        return sorted;
    }

    List<Step> steps() {
        return steps;
    }

    int number(String id) {
        return numbers.getOrDefault(id, 0);
    }

    boolean isKnown(String id) {
        return numbers.containsKey(id);
    }

    Optional<Step> step(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** No step comes after it. */
    boolean isLast(Step step) {
        return steps.stream().noneMatch(other -> other.dependsOn().contains(step.id()));
    }

    /** The numbers of the earlier steps that may run at the same time from the same start. */
    List<Step> beside(Step step) {
        return steps.stream()
                .filter(other -> number(other.id()) < number(step.id()))
                .filter(other -> Set.copyOf(other.dependsOn()).equals(Set.copyOf(step.dependsOn())))
                .filter(other -> !areExclusive(step, other))
                .toList();
    }

    /** Of two such steps at most one runs, as far as their conditions tell. */
    boolean areExclusive(Step one, Step other) {
        List<Expression> conditions = conditions(one, new HashSet<>());
        return conditions(other, new HashSet<>()).stream()
                .anyMatch(b -> conditions.stream().anyMatch(a -> Exclusive.are(a, b)));
    }

    /** The conditions that certainly held if the step runs. */
    private List<Expression> conditions(Step step, Set<String> seen) {
        List<Expression> all = new ArrayList<>();
        if (!seen.add(step.id())) {
            return all;
        }
        step.condition().filter(c -> !step.passIfSkipped()).ifPresent(all::add);
        if (step.dependsOn().size() == 1) {
            step(step.dependsOn().getFirst())
                    .filter(before -> !before.passIfSkipped())
                    .ifPresent(before -> all.addAll(conditions(before, seen)));
        }
        return all;
    }

    /** It may be left out although nothing failed. */
    boolean mayBeLeftOut(Step step) {
        return mayBeLeftOut(step, new HashSet<>());
    }

    private boolean mayBeLeftOut(Step step, Set<String> seen) {
        if (step.condition().isPresent() && !step.passIfSkipped()) {
            return true;
        }
        return !step.dependsOn().isEmpty()
                && step.dependsOn().stream()
                        .map(this::step)
                        .flatMap(Optional::stream)
                        .allMatch(before -> seen.add(before.id()) && mayBeLeftOut(before, seen));
    }
}
