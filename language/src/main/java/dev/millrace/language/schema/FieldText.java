package dev.millrace.language.schema;

import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.MapOf;
import dev.millrace.language.ValueType.Scalar;
import java.math.BigDecimal;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What people read of a field when they point at it: "Who decides. A role, required." */
final class FieldText {
    private FieldText() {}

    static String of(Field field) {
        String what = field.description().strip();
        String kind = kind(field.type()) + bounds(field) + need(field) + ".";
        return what.isEmpty() ? sentence(kind) : ended(sentence(what)) + " " + sentence(kind);
    }

    private static String kind(ValueType type) {
        return switch (type) {
            case Scalar scalar -> TypeNames.of(scalar);
            case Choice choice -> "one of " + String.join(", ", choice.values());
            case ListOf list -> list.orSingle() ? "one or a list: " + kind(list.item()) : "a list: " + kind(list.item());
            case MapOf map -> "a map of names and values";
            case Shape shape -> "a map of fields";
        };
    }

    private static String bounds(Field field) {
        String least = field.least().map(BigDecimal::toPlainString).orElse("");
        String most = field.most().map(BigDecimal::toPlainString).orElse("");
        if (least.isEmpty() && most.isEmpty()) {
            return "";
        }
        String range = most.isEmpty() ? "at least " + least : least.isEmpty() ? "at most " + most : least + " to " + most;
        return ", " + range + unit(field.type());
    }

    private static String unit(ValueType type) {
        return switch (type) {
            case Scalar scalar -> scalar == Scalar.INTEGER || scalar == Scalar.DECIMAL ? "" : " characters";
            case Choice choice -> " characters";
            case ListOf list -> " entries";
            case MapOf map -> " entries";
            case Shape shape -> " entries";
        };
    }

    private static String need(Field field) {
        return field.required()
                ? ", required"
                : field.defaultValue().map(value -> "; " + shown(value) + " if nothing is said").orElse("");
    }

    private static String shown(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String ended(String text) {
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }
}
