package dev.millrace.language.check;

import dev.millrace.language.Problem.Severity;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.expression.RowFilters;
import dev.millrace.language.typing.Type;
import java.util.Optional;

/** A condition on rows has a form in which the database can be asked it; else the step would fail each time. */
final class RowRule {
    private final Findings findings;

    RowRule(Findings findings) {
        this.findings = findings;
    }

    /** @param row what is known of the rows */
    void check(PlacedExpression where, Type row) {
        RowFilters.misfit(where.expression(), field -> isTime(row, field))
                .ifPresent(misfit -> findings.within(
                        ProblemCode.FILTER_INVALID,
                        Severity.ERROR,
                        where.at(misfit.at()),
                        "Expected " + misfit.expected() + Say.place(Findings.shown(where.path())) + " but got "
                                + Say.quoted(misfit.at().in(where.expression().source())) + "; " + misfit.advice()
                                + ".",
                        Optional.empty()));
    }

    private static boolean isTime(Type row, String field) {
        return row instanceof Type.Mapping map
                && map.fields()
                        .get(field)
                        .map(Type::present)
                        .filter(type -> type instanceof Type.Text text && text.form() == Type.Form.DATETIME)
                        .isPresent();
    }
}
