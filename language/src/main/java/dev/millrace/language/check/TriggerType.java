package dev.millrace.language.check;

import dev.millrace.language.Catalogue;
import dev.millrace.language.EventType;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.Scalar;
import dev.millrace.language.check.Outline.TriggerOutline;
import dev.millrace.language.typing.Declared;
import dev.millrace.language.typing.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is known at save time of the fields of {@code trigger}. */
final class TriggerType {
    private static final Shape SCHEDULE = Shape.of(
            Field.required("scheduled_for", Scalar.DATETIME, ""), Field.required("fired_at", Scalar.DATETIME, ""));

    private TriggerType() {}

    static Shape of(TriggerOutline trigger, Catalogue catalogue) {
        Spot spot = trigger.spot();
        if (!trigger.events().isEmpty()) {
            return events(trigger, catalogue);
        }
        return spot.key("schedule").isGiven()
                ? SCHEDULE
                : InputShapes.object(spot.key("inputs").node());
    }

    /** Something is not known of an unknown event, so everything is accepted: the event is reported already. */
    private static Shape events(TriggerOutline trigger, Catalogue catalogue) {
        var payloads = new ArrayList<Shape>();
        for (Spot event : trigger.events()) {
            Optional<EventType> type = event.text().map(catalogue.events()::get);
            if (type.isEmpty()) {
                return Shape.FREE;
            }
            payloads.add(type.get().payload());
        }
        return trigger.spot().key("event").node().isArray() ? common(payloads, names(trigger)) : payloads.getFirst();
    }

    private static List<String> names(TriggerOutline trigger) {
        return trigger.events().stream()
                .flatMap(event -> event.text().stream())
                .distinct()
                .toList();
    }

    private static Shape common(List<Shape> payloads, List<String> events) {
        var fields = new ArrayList<Field>();
        payloads.getFirst().fields().forEach(field -> inAll(field, payloads).ifPresent(fields::add));
        fields.add(Field.required("event_name", new Choice(events), ""));
        return new Shape(fields, List.of(), false);
    }

    private static Optional<Field> inAll(Field first, List<Shape> payloads) {
        var fields = new ArrayList<Field>();
        for (Shape payload : payloads) {
            Optional<Field> field = payload.field(first.name());
            if (field.isEmpty()) {
                return Optional.empty();
            }
            fields.add(field.get());
        }
        boolean required = fields.stream().allMatch(Field::required);
        ValueType type =
                fields.stream().map(Field::type).reduce(TriggerType::either).orElse(Scalar.ANY);
        return Optional.of(required ? Field.required(first.name(), type, "") : Field.optional(first.name(), type, ""));
    }

    /** Words of either; of types that differ otherwise nothing is known. */
    private static ValueType either(ValueType a, ValueType b) {
        if (a instanceof Choice one && b instanceof Choice other) {
            return new Choice(Stream.concat(one.values().stream(), other.values().stream())
                    .distinct()
                    .toList());
        }
        return a.equals(b) ? a : Scalar.ANY;
    }

    /** What starts by hand is checked against its schema and left as it is; events are completed. */
    static Type declared(TriggerOutline trigger, Shape shape) {
        boolean given =
                trigger.events().isEmpty() && !trigger.spot().key("schedule").isGiven();
        return given ? Declared.AS_GIVEN.output(shape) : Declared.NORMALISED.document(shape);
    }
}
