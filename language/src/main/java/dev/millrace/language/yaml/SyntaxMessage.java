package dev.millrace.language.yaml;

import java.util.Locale;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Words for the faults of syntax that people make most. */
final class SyntaxMessage {
    private SyntaxMessage() {}

    /** A quote that is never closed is found at the end of the text; people look for where it opens. */
    static Mark place(MarkedYamlEngineException e) {
        var at = endsTooEarly(problem(e))
                ? e.getContextMark().or(e::getProblemMark)
                : e.getProblemMark().or(e::getContextMark);
        return at.map(Marks::point).orElse(Mark.START);
    }

    private static boolean endsTooEarly(String problem) {
        return problem.contains("unexpected end of stream");
    }

    private static String problem(MarkedYamlEngineException e) {
        return e.getProblem() == null ? "" : e.getProblem();
    }

    static String of(MarkedYamlEngineException e) {
        String problem = problem(e);
        String known = problem.toLowerCase(Locale.ROOT);
        if (known.contains("'\\t'") || known.contains("\\t(tab)") || known.contains("tab")) {
            return "Expected spaces for the indentation but found a tab; replace it by spaces.";
        }
        if (known.contains("mapping values are not allowed")) {
            return "Expected one 'key: value' on a line but found a second colon; put the text in quotes, or check the indentation.";
        }
        if (endsTooEarly(known)) {
            return "Expected a closing quote but the text ends; close the quote.";
        }
        if (known.contains("could not find expected ':'")) {
            return "Expected 'key: value' but there is no colon after the key; add one, or check the indentation.";
        }
        return "Expected YAML but it could not be read: " + problem + "; check indentation, quotes and brackets.";
    }
}
