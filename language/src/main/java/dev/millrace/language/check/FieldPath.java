package dev.millrace.language.check;

import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.MapOf;
import dev.millrace.language.ValueType.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Follows a path through types. */
sealed interface FieldPath {
    Pattern INDEX = Pattern.compile("-?\\d+");

    /** @param mayBeNone a field on the way is optional */
    record Known(boolean mayBeNone) implements FieldPath {}

    /**
     * @param at which part of the path there is not
     * @param candidates the fields that there are
     */
    record Unknown(int at, List<String> candidates) implements FieldPath {
        public Unknown {
            candidates = List.copyOf(candidates);
        }
    }

    static FieldPath follow(ValueType start, List<String> path, int from) {
        ValueType type = start;
        boolean mayBeNone = false;
        for (int at = from; at < path.size(); at++) {
            if (type == Scalar.ANY) {
                return new Known(mayBeNone);
            }
            String part = path.get(at);
            if (type instanceof Shape shape) {
                Optional<Field> field = shape.field(part);
                if (field.isEmpty() && !shape.open()) {
                    return new Unknown(
                            at, shape.fields().stream().map(Field::name).toList());
                }
                mayBeNone |= field.filter(f -> !f.required() && f.defaultValue().isEmpty())
                        .isPresent();
            }
            Optional<ValueType> next = step(type, part);
            if (next.isEmpty()) {
                return new Unknown(at, List.of());
            }
            type = next.get();
        }
        return new Known(mayBeNone);
    }

    private static Optional<ValueType> step(ValueType type, String part) {
        return switch (type) {
            case Shape shape -> Optional.of(shape.field(part).map(Field::type).orElse(Scalar.ANY));
            case ListOf list -> INDEX.matcher(part).matches() ? Optional.of(list.item()) : Optional.empty();
            case MapOf map -> Optional.of(map.value());
            case Scalar scalar -> Optional.empty();
            case Choice choice -> Optional.empty();
        };
    }
}
