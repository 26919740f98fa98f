package dev.millrace.language.check;

import dev.millrace.language.Expression;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Fault;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.Problem.Severity;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.Template;
import dev.millrace.language.check.Findings.Stretch;
import dev.millrace.language.check.Outline.Condition;
import dev.millrace.language.yaml.YamlPath;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the texts of a definition and reports their faults, each at its character. */
final class TemplateReader {
    private static final Pattern TOKEN = Pattern.compile(
            "[A-Za-z_][A-Za-z0-9_]*|[0-9][0-9._]*|'[^'\\n]*'|\"[^\"\\n]*\"|\\{[{%#]|[}%#]\\}|[=!<>]=|//|\\*\\*");

    private final Findings findings;

    TemplateReader(Findings findings) {
        this.findings = findings;
    }

    static boolean isTemplate(String text) {
        return text.contains("{{") || text.contains("{%") || text.contains("{#");
    }

    Condition expression(String path, String text) {
        return switch (Expressions.expression(text)) {
            case Parsed.Good<Expression> good -> new Condition(path, text, Optional.of(good.value()));
            case Parsed.Bad<Expression> bad -> {
                bad.faults().forEach(fault -> report(fault, path, text));
                yield new Condition(path, text, Optional.empty());
            }
        };
    }

    /** Braces in such a field would render what a document says as code; reading the config as a template refuses them. */
    Condition expressionField(String path, String text) {
        return isTemplate(text) ? new Condition(path, text, Optional.empty()) : expression(path, text);
    }

    /** @param expressionPaths fields of the config, by absolute path, that hold an expression */
    Optional<Template> template(Spot config, Set<String> expressionPaths) {
        var texts = new Texts(config.node());
        return switch (Expressions.template(
                config.node(), path -> expressionPaths.contains(absolute(config, texts, path)))) {
            case Parsed.Good<Template> good -> Optional.of(good.value());
            case Parsed.Bad<Template> bad -> {
                bad.faults()
                        .forEach(fault -> report(
                                fault,
                                absolute(config, texts, fault.path()),
                                texts.at(fault.path()).map(Texts.Placed::text).orElse("")));
                yield Optional.empty();
            }
        };
    }

    private static String absolute(Spot config, Texts texts, String path) {
        return YamlPath.join(
                config.path(), texts.at(path).map(Texts.Placed::path).orElse(path));
    }

    private void report(Fault fault, String path, String text) {
        findings.within(
                ProblemCode.of(fault.code()).orElse(ProblemCode.TEMPLATE_SYNTAX),
                Severity.ERROR,
                new Stretch(path, text, fault.offset(), length(text, fault.offset())),
                fault.message().endsWith("?") ? fault.message() : fault.message() + ".",
                fault.suggestion());
    }

    /** Of the name, number, text or sign that begins there. */
    private static int length(String text, int offset) {
        Matcher token = TOKEN.matcher(text);
        token.region(Math.clamp(offset, 0, text.length()), text.length());
        return token.lookingAt() ? Math.max(1, token.end() - token.start()) : 1;
    }
}
