package dev.millrace.language.expression;

import dev.millrace.language.Scope;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A text with at least one expression in it. */
public record TemplateText(List<Part> parts) {

    public sealed interface Part {}

    public record Written(String text) implements Part {}

    public record Embedded(ParsedExpression expression) implements Part {}

    public TemplateText {
        parts = List.copyOf(parts);
    }

    /** A text cut into its parts; what cannot be read is left out. Never throws. */
    public static TemplateText of(String text) {
        return new TemplateText(new TemplateReader(text, "", new ArrayList<>()).parts());
    }

    List<ParsedExpression> expressions() {
        return parts.stream()
                .filter(Embedded.class::isInstance)
                .map(part -> ((Embedded) part).expression())
                .toList();
    }

    JsonNode render(Scope scope) {
        Evaluation run = new Evaluation(scope);
        List<ParsedExpression> expressions = expressions();
        if (expressions.size() == 1 && parts.stream().allMatch(TemplateText::isBesideTheValue)) {
            return expressions.getFirst().evaluate(run);
        }
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            String piece = switch (part) {
                case Written written -> written.text();
                case Embedded embedded -> Values.text(embedded.expression().evaluate(run), run);
            };
            run.append(text, piece);
        }
        return run.text(text.toString());
    }

    private static boolean isBesideTheValue(Part part) {
        return part instanceof Embedded
                || (part instanceof Written written && written.text().isBlank());
    }
}
