package dev.millrace.language;

import dev.millrace.language.expression.ParsedExpression;
import dev.millrace.language.expression.ParsedTemplate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Reads expressions and templates. */
public final class Expressions {
    private Expressions() {}

    /** Parses one expression, with or without <code>{{ }}</code> around it. Never throws. */
    public static Parsed<Expression> expression(String text) {
        return ParsedExpression.of(text);
    }

    /**
     * Parses every text in the tree. Never throws.
     *
     * @param isExpression tells of a path ({@code that}, {@code rules[0].when}) that its text is an expression: it
     *     is left as it is, and refused if it holds <code>{{</code>
     */
    public static Parsed<Template> template(JsonNode tree, Predicate<String> isExpression) {
        return ParsedTemplate.of(tree, isExpression);
    }

    /** What parsing gave. */
    public sealed interface Parsed<T> {
        record Good<T>(T value) implements Parsed<T> {}

        /** At least one fault. */
        record Bad<T>(List<Fault> faults) implements Parsed<T> {
            public Bad {
                faults = List.copyOf(faults);
            }
        }
    }

    /**
     * @param code {@code template_syntax}, {@code template_statement_not_allowed}, {@code method_call_not_allowed},
     *     {@code unknown_filter}, {@code unknown_test}, {@code unknown_name} (begins with {@code _}, or a field of a
     *     number or text), {@code template_limit}
     * @param path of the text within the tree; empty for a lone expression
     * @param offset characters from the start of that text
     * @param suggestion the name that was meant, where one comes near
     */
    public record Fault(String code, String path, int offset, String message, Optional<String> suggestion) {
        public Fault(String code, String path, int offset, String message) {
            this(code, path, offset, message, Optional.empty());
        }
    }
}
