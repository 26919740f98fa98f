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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Parses the texts of a definition and reports their faults, each at its character. */
final class TemplateReader {
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

    Optional<Template> template(Spot config, Predicate<String> isExpression) {
        return switch (Expressions.template(config.node(), isExpression)) {
            case Parsed.Good<Template> good -> Optional.of(good.value());
            case Parsed.Bad<Template> bad -> {
                report(bad.faults(), config);
                yield Optional.empty();
            }
        };
    }

    private void report(List<Fault> faults, Spot config) {
        Map<String, String> texts = Texts.of(config.node());
        for (Fault fault : faults) {
            report(fault, YamlPath.join(config.path(), fault.path()), texts.getOrDefault(fault.path(), ""));
        }
    }

    private void report(Fault fault, String path, String text) {
        findings.within(
                ProblemCode.of(fault.code()).orElse(ProblemCode.TEMPLATE_SYNTAX),
                Severity.ERROR,
                new Stretch(path, text, fault.offset(), 1),
                fault.message(),
                Optional.empty());
    }
}
