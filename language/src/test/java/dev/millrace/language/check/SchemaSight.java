package dev.millrace.language.check;

import dev.millrace.language.Problem;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.yaml.Mark;
import dev.millrace.language.yaml.YamlTree;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Which problems a JSON Schema can see: those of a single place and of the catalogue. It cannot see what compares
 * two places (circles, repeated ids, order of deadlines), what needs arithmetic (how long a duration is, how large
 * a number in quotes), the calendar, and what is inside an expression.
 */
final class SchemaSight {
    private static final Set<ProblemCode> SEEN = EnumSet.of(
            ProblemCode.REQUIRED,
            ProblemCode.UNKNOWN_KEY,
            ProblemCode.TYPE_MISMATCH,
            ProblemCode.NOT_ONE_OF,
            ProblemCode.OUT_OF_RANGE,
            ProblemCode.EXACTLY_ONE_OF,
            ProblemCode.NAME_INVALID,
            ProblemCode.DURATION_INVALID,
            ProblemCode.TOO_MANY_STEPS,
            ProblemCode.UNKNOWN_ACTION,
            ProblemCode.MODULE_MISSING,
            ProblemCode.ACTION_NOT_ALLOWED_HERE,
            ProblemCode.UNKNOWN_FIELD,
            ProblemCode.UNKNOWN_ROLE,
            ProblemCode.USER_UNKNOWN,
            ProblemCode.UNKNOWN_EVENT,
            ProblemCode.UNKNOWN_ENTITY,
            ProblemCode.TIMEOUT_NOT_ALLOWED,
            ProblemCode.ON_TIMEOUT_NOT_ALLOWED);

    /** Fields whose text is an expression; what is wrong with it is inside. */
    private static final Pattern EXPRESSION = Pattern.compile(".*\\b(?:condition|for_each|match|where|when|key)$");

    /** A number or a duration in quotes, whose size is asked, and a date, whose day is. */
    private static final Pattern NEEDS_ARITHMETIC =
            Pattern.compile("[-+.0-9].*|P.*");

    private SchemaSight() {}

    static boolean sees(Problem problem, YamlTree tree) {
        ProblemCode code = ProblemCode.of(problem.code()).orElseThrow();
        if (!SEEN.contains(code)) {
            return false;
        }
        String path = problem.path().startsWith("tests") ? problem.path() : "workflow." + problem.path();
        if (code == ProblemCode.UNKNOWN_FIELD) {
            return isAt(problem, tree.key(path));
        }
        Optional<String> text = text(tree.document(), path);
        return switch (code) {
            case TYPE_MISMATCH, NOT_ONE_OF, OUT_OF_RANGE ->
                text.filter(t -> isExpression(path, t) || NEEDS_ARITHMETIC.matcher(t).matches()).isEmpty();
            case USER_UNKNOWN -> text.filter(t -> t.matches("[a-z0-9@._+-]*")).isPresent();
            default -> true;
        };
    }

    private static boolean isExpression(String path, String text) {
        return text.contains("{{") || (!text.isBlank() && EXPRESSION.matcher(path).matches());
    }

    private static boolean isAt(Problem problem, Mark mark) {
        return problem.line() == mark.line() && problem.column() == mark.column();
    }

    private static Optional<String> text(JsonNode document, String path) {
        JsonNode node = document;
        for (String part : path.split("\\.|(?=\\[)", -1)) {
            node = part.startsWith("[") && part.matches("\\[\\d+]")
                    ? node.path(Integer.parseInt(part.substring(1, part.length() - 1)))
                    : part.startsWith("[") ? MissingNode.getInstance() : node.path(part);
        }
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }
}
