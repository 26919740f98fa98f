package dev.millrace.language.check;

import dev.millrace.language.ProblemCode;
import dev.millrace.language.check.Outline.ActionUse;
import dev.millrace.language.check.Outline.Literal;
import dev.millrace.language.yaml.YamlPath;

/** The config fits the action's shape, and the names in it exist. */
final class ConfigRule {
    private final Names names;
    private final Findings findings;

    ConfigRule(Names names, Findings findings) {
        this.names = names;
        this.findings = findings;
    }

    void check(ActionUse use) {
        String config = use.config().path();
        use.fields().misfits().forEach(misfit -> report(config, misfit));
        use.fields().literals().forEach(literal -> name(config, literal));
    }

    /** "steps[0].config.role: required; give the role that decides." */
    private void report(String config, ShapeFit.Found misfit) {
        String path = YamlPath.join(config, misfit.path());
        String end = misfit.message().endsWith("?") ? "" : ".";
        String message = Findings.shown(path) + ": " + misfit.message() + end;
        if (misfit.code() == ProblemCode.UNKNOWN_FIELD || misfit.code() == ProblemCode.EXACTLY_ONE_OF) {
            findings.errorAtKey(misfit.code(), path, message, misfit.suggestion());
        } else {
            findings.error(misfit.code(), path, message, misfit.suggestion());
        }
    }

    private void name(String config, Literal literal) {
        String path = YamlPath.join(config, literal.path());
        switch (literal.type()) {
            case ROLE -> names.role(path, literal.text());
            case MEMBER -> names.member(path, literal.text());
            case EVENT -> names.event(path, literal.text());
            case ENTITY -> names.entity(path, literal.text());
            case ANY, STRING, INTEGER, DECIMAL, BOOLEAN, UUID, DATE, DATETIME, DURATION, CURRENCY, EXPRESSION -> {}
        }
    }
}
