package dev.millrace.language.check;

import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Expression.Reference;
import dev.millrace.language.Problem.Severity;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Scalar;
import dev.millrace.language.check.Outline.StepOutline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every path that an expression reads can exist where it is read. */
final class ReferenceRule {
    /** As many fields can be read aloud in a message. */
    private static final int FEW = 12;

    private final Shape trigger;
    private final Map<String, StepOutline> steps = new HashMap<>();
    private final Findings findings;

    ReferenceRule(Outline outline, Catalogue catalogue, Findings findings) {
        this.trigger = TriggerType.of(outline.trigger(), catalogue);
        this.findings = findings;
        outline.steps().forEach(step -> step.id().ifPresent(id -> steps.putIfAbsent(id, step)));
    }

    /** @param guarded paths that a condition over the whole has dealt with */
    void check(PlacedExpression placed, Sight sight, Set<List<String>> guarded) {
        for (Reference reference : placed.expression().references()) {
            if (!reference.path().isEmpty() && !findings.isFull()) {
                boolean safe = reference.guarded() || guarded.contains(reference.path());
                new Reading(placed, reference, sight, safe).check();
            }
        }
    }

    /** One path at one place. */
    private final class Reading {
        private final PlacedExpression placed;
        private final Reference reference;
        private final List<String> path;
        private final Sight sight;
        private final boolean safe;

        Reading(PlacedExpression placed, Reference reference, Sight sight, boolean safe) {
            this.placed = placed;
            this.reference = reference;
            this.path = reference.path();
            this.sight = sight;
            this.safe = safe;
        }

        void check() {
            String root = path.getFirst();
            if (!sight.roots().contains(root)) {
                unknownName(root);
                return;
            }
            switch (root) {
                case "trigger" -> fields(trigger, 1);
                case "steps" -> step();
                case "tenant" -> fields(Sight.TENANT, 1);
                case "workflow" -> fields(Sight.WORKFLOW, 1);
                case "execution" -> fields(Sight.EXECUTION, 1);
                case "now" -> fields(Scalar.DATETIME, 1);
                default -> {} // row, event, item: their fields are not known here
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
            Optional<ActionType> type = step.use().type();
            Shape output = type.map(ActionType::output).orElse(Shape.FREE);
            switch (path.get(2)) {
                case "output" -> fields(output, 3);
                case "error" -> fields(Sight.ERROR, 3);
                case "status" -> fields(Scalar.STRING, 3);
                case "attempt" -> fields(Scalar.INTEGER, 3);
                default -> {
                    Optional<String> near = output.field(path.get(2)).isPresent()
                            ? Optional.of("output." + path.get(2))
                            : Suggestion.nearest(path.get(2), Sight.STEP_PARTS);
                    error(ProblemCode.UNKNOWN_FIELD, 2, "status, attempt, output or error of the step", near);
                }
            }
        }

        private void fields(ValueType type, int from) {
            switch (FieldPath.follow(type, path, from)) {
                case FieldPath.Known known -> warn(known);
                case FieldPath.Unknown unknown -> unknownField(unknown);
            }
        }

        private void unknownField(FieldPath.Unknown unknown) {
            String holder = String.join(".", path.subList(0, unknown.at()));
            Optional<String> near = Suggestion.nearest(path.get(unknown.at()), unknown.candidates());
            List<String> known = unknown.candidates();
            String what = known.isEmpty()
                    ? "no further field after " + holder
                    : near.isPresent() || known.size() > FEW
                            ? "a field of " + holder
                            : "a field of " + holder + " (" + Say.oneOf(known) + ")";
            error(ProblemCode.UNKNOWN_FIELD, unknown.at(), what, near);
        }

        private void warn(FieldPath.Known known) {
            if (known.mayBeNone() && !safe && placed.isAmongText()) {
                String name = String.join(".", path);
                findings.within(
                        ProblemCode.POSSIBLY_NONE,
                        Severity.WARNING,
                        placed.part(reference, path.size() - 1),
                        "Expected a value that is always there at " + Findings.shown(placed.path()) + " but " + name
                                + " may be empty; write {{ " + name + " | if_none('…') }}.",
                        Optional.empty());
            }
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

    /** The paths with which a condition deals, so that what it lets through need not. */
    static Set<List<String>> guardedBy(Optional<Outline.Condition> condition) {
        var guarded = new ArrayList<List<String>>();
        condition
                .flatMap(Outline.Condition::expression)
                .ifPresent(expression -> expression.references().stream()
                        .filter(Reference::guarded)
                        .forEach(reference -> guarded.add(reference.path())));
        return Set.copyOf(guarded);
    }
}
