package dev.millrace.language.check;

import dev.millrace.language.ActionType;
import dev.millrace.language.Expression.Reference;
import dev.millrace.language.Problem.Severity;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.Shape;
import dev.millrace.language.check.Outline.StepOutline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every name and step that an expression reads is in sight where it is read; {@link TypeRule} follows from there. */
final class ReferenceRule {
    private final Shape trigger;
    private final Map<String, StepOutline> steps = new HashMap<>();
    private final Findings findings;

    ReferenceRule(Outline outline, Shape trigger, Findings findings) {
        this.trigger = trigger;
        this.findings = findings;
        outline.steps().forEach(step -> step.id().ifPresent(id -> steps.putIfAbsent(id, step)));
    }

    void check(PlacedExpression placed, Sight sight) {
        for (Reference reference : placed.expression().references()) {
            if (!reference.path().isEmpty() && !findings.isFull()) {
                new Reading(placed, reference, sight).check();
            }
        }
    }

    /** One path at one place. */
    private final class Reading {
        private final PlacedExpression placed;
        private final Reference reference;
        private final List<String> path;
        private final Sight sight;

        Reading(PlacedExpression placed, Reference reference, Sight sight) {
            this.placed = placed;
            this.reference = reference;
            this.path = reference.path();
            this.sight = sight;
        }

        void check() {
            String root = path.getFirst();
            if (!sight.roots().contains(root)) {
                unknownName(root);
                return;
            }
            if (root.equals("steps")) {
                step();
            }
        }

        private void unknownName(String name) {
            Optional<String> near =
                    trigger.field(name).isPresent() && sight.roots().contains("trigger")
                            ? Optional.of("trigger." + name)
                            : Suggestion.nearest(name, sight.roots());
            List<String> roots = sight.roots().stream().sorted().toList();
            error(ProblemCode.UNKNOWN_NAME, 0, "a name in sight (" + Say.oneOf(roots) + ")", near);
        }

        private void step() {
            if (path.size() < 2) {
                return;
            }
            String id = path.get(1);
            StepOutline step = steps.get(id);
            if (step == null) {
                Optional<String> near =
                        Suggestion.nearest(id, sight.ancestors()).or(() -> Suggestion.nearest(id, steps.keySet()));
                error(ProblemCode.UNKNOWN_STEP, 1, "the id of a step", near);
                return;
            }
            boolean self = sight.self().filter(id::equals).isPresent();
            boolean readsOutput = path.size() > 2 && path.get(2).equals("output");
            boolean ownFailure = self && sight.afterFailure();
            if (!sight.ancestors().contains(id) && (!ownFailure || readsOutput)) {
                notAncestor(id, self);
            } else if (path.size() > 2) {
                part(step);
            }
        }

        private void notAncestor(String id, boolean self) {
            String place = Findings.shown(placed.path());
            String why;
            if (!self) {
                why = "'" + id + "' need not have ended then; add it to depends_on.";
            } else if (sight.afterFailure()) {
                why = "'" + id + "' has no output when it failed or still waits; use steps." + id + ".error.";
            } else {
                why = "'" + id + "' is this step itself, which has not run then; read another step.";
            }
            findings.within(
                    ProblemCode.STEP_NOT_ANCESTOR,
                    Severity.ERROR,
                    placed.part(reference, 1),
                    "Expected a step that has ended before at " + place + " but " + why,
                    Optional.empty());
        }

        private void part(StepOutline step) {
            String part = path.get(2);
            if (Sight.STEP_PARTS.contains(part)) {
                return;
            }
            Shape output = step.use().type().map(ActionType::output).orElse(Shape.FREE);
            Optional<String> near = output.field(part).isPresent()
                    ? Optional.of("output." + part)
                    : Suggestion.nearest(part, Sight.STEP_PARTS);
            error(ProblemCode.UNKNOWN_FIELD, 2, "status, attempt, output or error of the step", near);
        }

        private void error(ProblemCode code, int part, String what, Optional<String> near) {
            findings.within(
                    code,
                    Severity.ERROR,
                    placed.part(reference, part),
                    Say.expected(what, Findings.shown(placed.path()), path.get(part), near),
                    near);
        }
    }
}
