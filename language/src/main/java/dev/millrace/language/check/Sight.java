package dev.millrace.language.check;

import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.StepState;
import dev.millrace.language.ValueType.Scalar;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an expression at some place can see.
 *
 * @param roots the names with which a path may begin
 * @param ancestors steps that have ended before
 * @param self the step that holds the expression
 * @param afterFailure its own failure can be seen, but not its output: in its handlers and deadlines
 */
record Sight(Set<String> roots, Set<String> ancestors, Optional<String> self, boolean afterFailure) {
    static final Shape TENANT = texts("id", "slug", "name", "currency", "country", "time_zone", "tax_regime");
    static final Shape WORKFLOW = Shape.of(
            Field.required("id", Scalar.STRING, ""),
            Field.required("name", Scalar.STRING, ""),
            Field.required("version", Scalar.INTEGER, ""));
    static final Shape EXECUTION = Shape.of(
            Field.required("id", Scalar.STRING, ""),
            Field.required("started_at", Scalar.DATETIME, ""),
            Field.required("started_by", Scalar.ANY, ""),
            Field.optional("event", event(), ""));
    static final Shape ERROR = Shape.of(
            Field.required("code", Scalar.STRING, ""),
            Field.required("message", Scalar.STRING, ""),
            Field.required("attempt", Scalar.INTEGER, ""),
            Field.optional("decided_by", Scalar.STRING, ""),
            Field.optional("decided_at", Scalar.DATETIME, ""),
            Field.optional("comment", Scalar.STRING, ""),
            Field.optional("approval_id", Scalar.UUID, ""),
            Field.optional("handler_error", Shape.FREE, ""));
    static final List<String> STEP_PARTS = List.of("status", "attempt", "output", "error");
    static final Set<String> STATUSES = Arrays.stream(StepState.Status.values())
            .map(status -> status.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> TRIGGER_CONDITION = Set.of("trigger", "tenant", "workflow", "now");
    private static final Set<String> ALL = Set.of("trigger", "steps", "tenant", "workflow", "execution", "now");

    Sight {
        roots = Set.copyOf(roots);
    }

    /** Before an execution exists. */
    static Sight ofTriggerCondition() {
        return new Sight(TRIGGER_CONDITION, Set.of(), Optional.empty(), false);
    }

    static Sight ofStep(Optional<String> self, Set<String> ancestors) {
        return new Sight(ALL, ancestors, self, false);
    }

    static Sight ofOnFailure(Set<String> steps) {
        return new Sight(ALL, steps, Optional.empty(), false);
    }

    Sight andOwnFailure() {
        return new Sight(roots, ancestors, self, true);
    }

    /** Fields of type expression also see the candidate: the row of a query, the event of a wait. */
    Sight and(Set<String> more) {
        var all = new HashSet<>(roots);
        all.addAll(more);
        return new Sight(all, ancestors, self, afterFailure);
    }

    private static Shape event() {
        return Shape.of(
                Field.required("id", Scalar.STRING, ""),
                Field.required("name", Scalar.STRING, ""),
                Field.required("occurred_at", Scalar.DATETIME, ""),
                Field.required("actor", Scalar.ANY, ""),
                Field.required("depth", Scalar.INTEGER, ""));
    }

    private static Shape texts(String... names) {
        List<Field> fields = List.of(names).stream()
                .map(n -> Field.required(n, Scalar.STRING, ""))
                .toList();
        return new Shape(fields, List.of(), false);
    }
}
