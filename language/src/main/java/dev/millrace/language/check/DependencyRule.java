package dev.millrace.language.check;

import dev.millrace.language.Problem.Fix;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.check.Outline.StepOutline;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Ids stand once; dependencies exist and run in no circle. */
final class DependencyRule {
    private final List<StepOutline> steps;
    private final Dependencies dependencies;
    private final Findings findings;

    DependencyRule(List<StepOutline> steps, Dependencies dependencies, Findings findings) {
        this.steps = steps;
        this.dependencies = dependencies;
        this.findings = findings;
    }

    void check() {
        steps.forEach(this::duplicate);
        steps.forEach(step -> step.dependsOn().forEach(spot -> dependency(step, spot)));
        steps.forEach(this::repeated);
        dependencies.circles().forEach(this::circle);
    }

    private void duplicate(StepOutline step) {
        step.id().ifPresent(id -> {
            int first = Objects.requireNonNullElse(dependencies.byId().get(id), step.index());
            if (first != step.index()) {
                findings.error(
                        ProblemCode.DUPLICATE_STEP_ID,
                        step.spot().key("id").path(),
                        "Expected each id once but '" + id + "' at "
                                + step.spot().key("id").shown() + " is the id of steps[" + first
                                + "] too; rename one of them.");
            }
        });
    }

    private void dependency(StepOutline step, Spot spot) {
        Optional<String> id = spot.text();
        if (id.isEmpty() || findings.isFull()) {
            return;
        }
        if (id.equals(step.id())) {
            findings.error(
                    ProblemCode.CIRCULAR_DEPENDENCY,
                    spot.path(),
                    "Expected a step to wait for others at " + spot.shown() + " but '" + id.get()
                            + "' waits for itself: " + id.get() + " → " + id.get() + "; remove this dependency.",
                    Optional.empty(),
                    without(step, spot));
        } else if (!dependencies.byId().containsKey(id.get())) {
            unknown(step, spot, id.get());
        }
    }

    private void repeated(StepOutline step) {
        var named = new HashSet<String>();
        for (Spot spot : step.dependsOn()) {
            Optional<String> again = spot.text().filter(id -> !named.add(id));
            again.filter(dependencies.byId()::containsKey)
                    .ifPresent(id -> findings.warning(
                            ProblemCode.DUPLICATE_DEPENDENCY,
                            spot.path(),
                            "Expected each step once in depends_on at " + spot.shown() + " but '" + id
                                    + "' stands there already; remove one.",
                            without(step, spot)));
        }
    }

    private Optional<Fix> without(StepOutline step, Spot dependency) {
        Spot all = step.spot().key("depends_on");
        return all.items().size() > 1
                ? findings.fixes().removeItem(all, dependency.path())
                : findings.fixes().removeEntry(step.spot(), "depends_on");
    }

    private void unknown(StepOutline step, Spot spot, String id) {
        if (Names.refuseInvisible(spot, findings)) {
            return;
        }
        var others = new TreeSet<>(dependencies.byId().keySet());
        step.id().ifPresent(others::remove);
        Optional<String> near = Suggestion.nearest(id, others);
        findings.error(
                ProblemCode.UNKNOWN_DEPENDENCY,
                spot.path(),
                Say.expected("the id of another step", spot.shown(), id, near),
                near);
    }

    private void circle(List<Integer> circle) {
        List<String> ids =
                circle.stream().map(i -> steps.get(i).id().orElse("")).toList();
        String spelled = ids.stream().collect(Collectors.joining(" → ")) + " → " + ids.getFirst();
        StepOutline first = steps.get(circle.getFirst());
        String next = ids.get(1);
        Spot at = first.dependsOn().stream()
                .filter(spot -> spot.is(next))
                .findFirst()
                .orElse(first.spot());
        findings.error(
                ProblemCode.CIRCULAR_DEPENDENCY,
                at.path(),
                "Expected steps that can start one after the other but these wait for each other in a circle: "
                        + spelled + " (each waits for the next); remove one of these dependencies.");
    }
}
