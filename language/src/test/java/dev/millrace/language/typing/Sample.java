package dev.millrace.language.typing;

import dev.millrace.language.Expression;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.MapOf;
import dev.millrace.language.ValueType.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A payload with a field of every type, and how the tests write types and findings. */
final class Sample {
    private static final Shape LINE = Shape.of(
            Field.required("account", Scalar.STRING, ""),
            Field.required("amount", Scalar.DECIMAL, ""),
            Field.required("quantity", Scalar.DECIMAL, ""),
            Field.optional("note", Scalar.STRING, ""),
            Field.optional("discount", Scalar.DECIMAL, ""));

    static final Shape TRIGGER = Shape.of(
            Field.required("id", Scalar.UUID, ""),
            Field.required("po_number", Scalar.STRING, ""),
            Field.optional("email", Scalar.STRING, ""),
            Field.required("total_amount", Scalar.DECIMAL, ""),
            Field.required("amount_base", Scalar.DECIMAL, ""),
            Field.required("credit_limit", Scalar.DECIMAL, ""),
            Field.required("currency", Scalar.CURRENCY, ""),
            Field.required("count", Scalar.INTEGER, ""),
            Field.required("percent", Scalar.DECIMAL, ""),
            Field.required("big", Scalar.BOOLEAN, ""),
            Field.required("due", Scalar.DATE, ""),
            Field.required("at", Scalar.DATETIME, ""),
            Field.optional("needed_by", Scalar.DATE, ""),
            Field.optional("margin", Scalar.DECIMAL, ""),
            Field.required("status", new Choice(List.of("draft", "approved", "cancelled")), ""),
            Field.required("lines", new ListOf(LINE, false), ""),
            Field.required("words", new ListOf(Scalar.STRING, true), ""),
            Field.required("numbers", new ListOf(Scalar.DECIMAL, false), ""),
            Field.optional("tags", new ListOf(Scalar.STRING, false), ""),
            Field.required("notes", new MapOf(Scalar.ANY), ""),
            Field.required(
                    "supplier",
                    Shape.of(Field.required("name", Scalar.STRING, ""), Field.optional("city", Scalar.STRING, "")),
                    ""),
            Field.optional("contact", Shape.of(Field.required("name", Scalar.STRING, "")), ""),
            Field.required("free", Scalar.ANY, ""));

    private Sample() {}

    static TypeScope scope(Declared declared) {
        Type trigger = declared.document(TRIGGER);
        return new TypeScope() {
            @Override
            public Optional<Type> root(String name) {
                return name.equals("trigger") ? Optional.of(trigger) : Optional.empty();
            }

            @Override
            public boolean isPresent(List<String> path) {
                return false;
            }
        };
    }

    static Expression parsed(String text) {
        return switch (Expressions.expression(text)) {
            case Parsed.Good<Expression> good -> good.value();
            case Parsed.Bad<Expression> bad -> throw new AssertionError(text + ": " + bad.faults());
        };
    }

    static Typing typing(String text) {
        return Typing.of(parsed(text), scope(Declared.NORMALISED));
    }

    /** {@code number}, {@code list of text?}, {@code draft|approved}. */
    static String shown(Type type) {
        return switch (type) {
            case Type.Unknown any -> "any";
            case Type.None none -> "none";
            case Type.Truth truth -> "truth";
            case Type.Decimal number -> (number.whole() ? "whole" : "number") + unit(number);
            case Type.Text text ->
                text.words().isEmpty()
                        ? text.form() == Type.Form.PLAIN
                                ? "text"
                                : text.form().name().toLowerCase(java.util.Locale.ROOT)
                        : text.words().stream().sorted().collect(Collectors.joining("|", "'", "'"));
            case Type.Items items -> "list of " + shown(items.item());
            case Type.Mapping map -> map.fields().names().isEmpty() ? "map" : fields(map.fields());
            case Type.Maybe maybe -> shown(maybe.type()) + (maybe.undefined() ? "??" : "?");
        };
    }

    private static String unit(Type.Decimal number) {
        return number.unit()
                .map(unit -> unit.ofDocument() ? "(document)" : "(own)")
                .orElse("");
    }

    private static String fields(Fields fields) {
        if (Set.copyOf(fields.names()).equals(Set.of("account", "amount", "quantity", "note", "discount"))) {
            return "line";
        }
        return fields.names().stream()
                .sorted()
                .map(name -> name + ": " + shown(fields.get(name).orElseThrow()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** {@code type_mismatch 'trigger.id + 1'}, with the nearest of the candidates never guessed here. */
    static String shown(String source, List<TypeFinding> findings) {
        return findings.stream()
                .map(finding -> finding.code().code() + " `" + finding.at().in(source) + "`")
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
