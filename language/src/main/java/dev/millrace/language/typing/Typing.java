package dev.millrace.language.typing;

import dev.millrace.language.Expression;
import dev.millrace.language.expression.Extent;
import dev.millrace.language.expression.Node;
import dev.millrace.language.expression.ParsedExpression;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What is known of an expression before it is evaluated.
 *
 * @param type of its value
 * @param findings what certainly fails or means nothing, and what may be missing where that fails
 */
public record Typing(Type type, List<TypeFinding> findings, Optional<ParsedExpression> parsed) {
    private static final Typing NOTHING = new Typing(Types.ANY, List.of(), Optional.empty());

    public Typing {
        findings = List.copyOf(findings);
    }

    /** Never throws; linear in the expression. */
    public static Typing of(Expression expression, TypeScope scope) {
        if (!(expression instanceof ParsedExpression parsed)) {
            return NOTHING;
        }
        var report = new Report(parsed.source());
        Type type = new Inference(scope, report).of(parsed.tree());
        return new Typing(type, report.findings(), Optional.of(parsed));
    }

    /** The paths that certainly have a value where the expression came out true. */
    public static Set<List<String>> presentWhenTrue(Expression expression) {
        return expression instanceof ParsedExpression parsed ? Presence.when(parsed.tree(), true) : Set.of();
    }

    /** The type of a scalar that is written out; of others nothing is told. */
    public static Type constant(JsonNode value) {
        return Constants.type(value);
    }

    /** The name of the field that the expression reads, else the whole. */
    public Extent end() {
        return parsed.map(p -> Extent.ofField(p.source(), p.tree())).orElse(new Extent(0, 1));
    }

    /** The whole expression, as written. */
    public Extent whole() {
        return new Extent(0, Math.max(1, parsed.map(p -> p.source().length()).orElse(1)));
    }

    /** It reads one path and does nothing else. */
    public boolean isPath() {
        return parsed.map(ParsedExpression::tree)
                .filter(tree -> tree instanceof Node.Name || tree instanceof Node.Access)
                .isPresent();
    }
}
