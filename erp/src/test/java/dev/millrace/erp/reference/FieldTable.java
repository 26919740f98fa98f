package dev.millrace.erp.reference;

import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The fields of a shape as a table, those of its parts below them. */
final class FieldTable {
    private static final int TEXT_MOST = 1_000_000;

    private final StringBuilder rows = new StringBuilder();

    private FieldTable() {}

    /** @param empty what is said where there are no fields */
    static String of(Shape shape, String empty) {
        if (shape.fields().isEmpty()) {
            return (shape.open() ? "Any fields: they depend on the config." : empty) + "\n";
        }
        var table = new FieldTable();
        table.add(shape, "");
        return "| field | type | required | meaning |\n| --- | --- | --- | --- |\n" + table.rows;
    }

    private void add(Shape shape, String prefix) {
        for (Field field : shape.fields()) {
            rows.append("| `")
                    .append(prefix)
                    .append(field.name())
                    .append("` | ")
                    .append(type(field.type()));
            rows.append(" | ")
                    .append(required(field, shape))
                    .append(" | ")
                    .append(meaning(field))
                    .append(" |\n");
            inner(field.type()).ifPresent(inner -> add(inner, prefix + field.name() + suffix(field.type())));
        }
    }

    private static String required(Field field, Shape shape) {
        Optional<List<String>> group = shape.exactlyOneOf().stream()
                .filter(names -> names.contains(field.name()))
                .findFirst();
        if (group.isPresent()) {
            return group.get().stream()
                    .map(name -> "`" + name + "`")
                    .collect(Collectors.joining(", ", "exactly one of ", ""));
        }
        return field.required()
                ? "yes"
                : field.defaultValue().map(value -> "no, `" + value + "`").orElse("no");
    }

    private static String meaning(Field field) {
        String limits = limits(field);
        String text = field.description().replace("|", "\\|").strip();
        return text + (limits.isEmpty() ? "" : (text.isEmpty() ? "" : "; ") + limits);
    }

    private static String limits(Field field) {
        Optional<BigDecimal> most = field.most().filter(n -> n.compareTo(BigDecimal.valueOf(TEXT_MOST)) < 0);
        String unit = unit(field.type());
        if (field.least().isPresent() && most.isPresent()) {
            return field.least().get().toPlainString() + " to " + most.get().toPlainString() + unit;
        }
        return field.least()
                .map(n -> "at least " + n.toPlainString() + unit)
                .or(() -> most.map(n -> "at most " + n.toPlainString() + unit))
                .orElse("");
    }

    private static String unit(ValueType type) {
        return switch (type) {
            case ValueType.Scalar scalar ->
                scalar == ValueType.Scalar.INTEGER || scalar == ValueType.Scalar.DECIMAL ? "" : " characters";
            case ValueType.ListOf list -> " items";
            case ValueType.MapOf map -> " entries";
            case ValueType.Choice choice -> "";
            case Shape shape -> "";
        };
    }

    static String type(ValueType type) {
        return switch (type) {
            case ValueType.Scalar scalar -> scalar.name().toLowerCase(Locale.ROOT);
            case ValueType.Choice choice ->
                choice.values().stream().map(value -> "`" + value + "`").collect(Collectors.joining(", "));
            case ValueType.ListOf list -> "list of " + type(list.item()) + (list.orSingle() ? ", or one" : "");
            case ValueType.MapOf map -> "map of " + type(map.value());
            case Shape shape -> "map";
        };
    }

    private static Optional<Shape> inner(ValueType type) {
        return switch (type) {
            case Shape shape -> Optional.of(shape);
            case ValueType.ListOf list -> inner(list.item());
            case ValueType.MapOf map -> inner(map.value());
            case ValueType.Scalar scalar -> Optional.empty();
            case ValueType.Choice choice -> Optional.empty();
        };
    }

    private static String suffix(ValueType type) {
        return type instanceof ValueType.ListOf ? "[]." : ".";
    }
}
