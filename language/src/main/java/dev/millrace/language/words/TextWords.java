package dev.millrace.language.words;

import dev.millrace.language.Expression;
import dev.millrace.language.expression.TemplateText;
import dev.millrace.language.expression.TemplateText.Embedded;
import dev.millrace.language.expression.TemplateText.Part;
import dev.millrace.language.expression.TemplateText.Written;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Texts with templates: “PO {PO number} from {supplier name}”. */
final class TextWords {
    private final ExpressionWords words;
    private final Messages messages;

    TextWords(ExpressionWords words) {
        this.words = words;
        this.messages = words.messages;
    }

    /** The expression that is the whole text, if it is one. */
    static Optional<Expression> alone(String text) {
        if (!text.contains("{{")) {
            return Optional.empty();
        }
        List<Part> parts = TemplateText.of(text).parts();
        List<Part> solid = parts.stream()
                .filter(part -> !(part instanceof Written written && written.text().isBlank()))
                .toList();
        return solid.size() == 1 && solid.getFirst() instanceof Embedded embedded
                ? Optional.of(embedded.expression())
                : Optional.empty();
    }

    /** A value where the text is one expression, else the text in quotation marks with the values in braces. */
    String of(String text) {
        return alone(text).map(words::value).orElseGet(() -> messages.quoted(inner(text)));
    }

    private String inner(String text) {
        if (!text.contains("{{")) {
            return oneLine(text);
        }
        return oneLine(TemplateText.of(text).parts().stream().map(this::part).collect(Collectors.joining()));
    }

    private String part(Part part) {
        return switch (part) {
            case Written written -> written.text();
            case Embedded embedded -> "{" + bare(words.value(embedded.expression())) + "}";
        };
    }

    /** Without the article, which a slot does not need. */
    private String bare(String noun) {
        String article = messages.say("article");
        return noun.startsWith(article) ? noun.substring(article.length()) : noun;
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
