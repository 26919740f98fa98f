package dev.millrace.language.words;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Definition;
import dev.millrace.language.EventType;
import dev.millrace.language.Shape;
import dev.millrace.language.Step;
import dev.millrace.language.Trigger;
import dev.millrace.language.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * The declared type of what a path leads to, as far as one is declared.
 *
 * @param row the fields of {@code row} and {@code event} where an expression is asked of each row or event
 */
record Types(Definition definition, Catalogue catalogue, Shape row) {

    Optional<ValueType> of(List<String> path) {
        return switch (path.getFirst()) {
            case "trigger" -> field(payload(), path, 1);
            case "steps" -> output(path);
            case "row", "event" -> field(Optional.of(row), path, 1);
            default -> Optional.empty();
        };
    }

    Measure measure(List<String> path) {
        String last = path.getLast();
        return Measure.of(last, of(path));
    }

    private Optional<ValueType> output(List<String> path) {
        if (path.size() < 4 || !path.get(2).equals("output")) {
            return Optional.empty();
        }
        return field(definition.step(path.get(1)).map(Step::output), path, 3);
    }

    /** The document that the events of the trigger are about, if they are about one: {@code purchase_order}. */
    Optional<String> document() {
        if (!(definition.trigger() instanceof Trigger.OnEvent event)) {
            return Optional.empty();
        }
        List<String> documents = event.events().stream()
                .map(name -> name.split("\\.", 2)[0])
                .distinct()
                .toList();
        return documents.size() == 1 ? Optional.of(documents.getFirst()) : Optional.empty();
    }

    private Optional<Shape> payload() {
        return switch (definition.trigger()) {
            case Trigger.OnEvent event ->
                event.events().stream()
                        .map(name -> Optional.ofNullable(catalogue.events().get(name)))
                        .flatMap(Optional::stream)
                        .map(EventType::payload)
                        .findFirst();
            case Trigger.OnSchedule schedule -> Optional.empty();
            case Trigger.Manual manual -> Optional.empty();
        };
    }

    private static Optional<ValueType> field(Optional<Shape> shape, List<String> path, int at) {
        Optional<ValueType> type =
                at < path.size() ? shape.flatMap(s -> s.field(path.get(at))).map(f -> f.type()) : Optional.empty();
        if (at + 1 >= path.size()) {
            return type;
        }
        return type.isPresent() && type.get() instanceof Shape inner
                ? field(Optional.of(inner), path, at + 1)
                : Optional.empty();
    }

    /** A step that asks a person: completed means approved. */
    boolean isApproval(String stepId) {
        return definition
                .step(stepId)
                .map(step -> step.action().equals(APPROVAL))
                .orElse(false);
    }

    static final String APPROVAL = "erp.approval.request";
}
