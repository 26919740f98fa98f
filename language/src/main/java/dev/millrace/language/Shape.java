package dev.millrace.language;

import java.util.List;
import java.util.Optional;

/**
 * A closed object type: the declared fields, in order.
 *
 * @param exactlyOneOf groups of field names of which exactly one must be given
 * @param open true: fields that are not declared are accepted as they are (a free-form output)
 */
public record Shape(List<Field> fields, List<List<String>> exactlyOneOf, boolean open) implements ValueType {
    public Shape {
        fields = List.copyOf(fields);
        exactlyOneOf = exactlyOneOf.stream().map(List::copyOf).toList();
    }

    public static Shape of(Field... fields) {
        return new Shape(List.of(fields), List.of(), false);
    }

    public static final Shape EMPTY = new Shape(List.of(), List.of(), false);

    /** A map of anything: where nothing is known about the fields. */
    public static final Shape FREE = new Shape(List.of(), List.of(), true);

    public Optional<Field> field(String name) {
        return fields.stream().filter(f -> f.name().equals(name)).findFirst();
    }
}
