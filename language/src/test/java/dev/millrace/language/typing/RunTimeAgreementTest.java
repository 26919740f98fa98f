package dev.millrace.language.typing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.EvaluationException;
import dev.millrace.language.Expression;
import dev.millrace.language.Problem.Severity;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.Scope;
import dev.millrace.language.expression.Operation;
import dev.millrace.language.expression.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every operation over every pair of types, at save time and at run time: what is refused at save fails at run time for
 * every payload, and what is accepted fails for none.
 */
class RunTimeAgreementTest {
    /** Of each type one that is declared and, where it differs, one that is written out. */
    private static final List<String> OPERANDS = List.of(
            "trigger.po_number",
            "trigger.total_amount",
            "trigger.count",
            "trigger.big",
            "trigger.due",
            "trigger.at",
            "trigger.id",
            "trigger.status",
            "trigger.lines",
            "trigger.words",
            "trigger.numbers",
            "trigger.supplier",
            "2",
            "'text'",
            "true",
            "none",
            "[1, 2]",
            "{'a': 1}",
            "(trigger.count | string)",
            "(trigger.words | first)");

    private static final List<Scope> SCOPES = Stream.iterate(0L, seed -> seed + 1)
            .limit(12)
            .map(seed -> new Payloads(seed).scope())
            .toList();

    /** They never fail: of values of two types they are always false, which is refused as it means nothing. */
    private static final Set<String> EQUALITY = Set.of("==", "!=", "eq", "ne", "equalto");

    static Stream<String> operations() {
        List<String> all = new ArrayList<>();
        for (String sign : List.of("+", "-", "*", "/", "//", "%", "**", "<", "<=", ">", ">=", "==", "!=")) {
            for (String left : OPERANDS) {
                OPERANDS.forEach(right -> all.add(left + " " + sign + " " + right));
            }
        }
        OPERANDS.forEach(operand -> all.add("-" + operand));
        OPERANDS.forEach(operand -> all.add(operand + "[0:1]"));
        OPERANDS.forEach(operand -> all.add("trigger.words[0:" + operand + "]"));
        OPERANDS.forEach(operand -> all.add("{" + operand + ": 1}"));
        return all.stream();
    }

    @Test
    void operators_are_refused_at_save_exactly_where_they_fail_at_run_time() {
        assertThat(operations().flatMap(RunTimeAgreementTest::operator)).isEmpty();
    }

    private static Stream<String> operator(String source) {
        boolean sameList = source.matches("trigger.lines [<>]=? trigger.lines");
        return agrees(source, sameList || EQUALITY.stream().anyMatch(sign -> source.contains(" " + sign + " ")));
    }

    static Stream<String> membership() {
        return OPERANDS.stream().flatMap(left -> OPERANDS.stream().map(right -> left + " in " + right));
    }

    /** What is never in a list of other things is refused though it does not fail. */
    @Test
    void membership_is_accepted_only_where_it_does_not_fail() {
        assertThat(membership().flatMap(RunTimeAgreementTest::member)).isEmpty();
    }

    private static Stream<String> member(String source) {
        return agrees(source, true);
    }

    static Stream<String> calls() {
        List<String> all = new ArrayList<>();
        for (Operation filter : Operations.filters().values()) {
            OPERANDS.forEach(operand -> all.add(operand + " | " + call(filter)));
        }
        for (Operation test : Operations.tests().values()) {
            if (test.name().matches("[a-z]+")) {
                OPERANDS.forEach(operand -> all.add(operand + " is " + call(test)));
            }
        }
        return all.stream();
    }

    /** With an argument that fits, where one must be given. */
    private static String call(Operation operation) {
        List<String> arguments = operation.parameters().stream()
                .filter(Operation.Parameter::required)
                .map(parameter -> switch (parameter.name()) {
                    case "n", "num" -> "3";
                    case "default_value" -> "1";
                    case "other" -> operation.name().equals("in") ? "['x', 1]" : "1";
                    default -> "'x'";
                })
                .toList();
        return operation.name() + (arguments.isEmpty() ? "" : "(" + String.join(", ", arguments) + ")");
    }

    @Test
    void filters_and_tests_are_refused_at_save_exactly_where_they_fail_at_run_time() {
        assertThat(calls().flatMap(RunTimeAgreementTest::called)).isEmpty();
    }

    private static Stream<String> called(String source) {
        boolean meaningless = source.endsWith("sum")
                || source.endsWith("sort")
                || source.endsWith("min")
                || source.endsWith("max")
                || EQUALITY.stream().anyMatch(test -> source.contains(" is " + test))
                || source.contains(" is in");
        return agrees(source, meaningless);
    }

    static Stream<String> arguments() {
        List<String> all = new ArrayList<>();
        for (Operation filter : Operations.filters().values()) {
            for (int i = 0; i < filter.parameters().size(); i++) {
                for (String operand : OPERANDS) {
                    String behind = filter.name().equals("replace") && i == 0 ? ", 'x'" : "";
                    all.add(value(filter) + " | " + filter.name() + "(" + before(filter, i) + operand + behind + ")");
                }
            }
        }
        return all.stream();
    }

    private static String value(Operation filter) {
        return switch (filter.name()) {
            case "round", "abs", "money" -> "trigger.count";
            case "date", "add_days", "add_working_days", "days_until" -> "trigger.due";
            case "join", "first", "last", "sort", "unique", "list", "reverse" -> "trigger.words";
            case "sum", "min", "max" -> "trigger.numbers";
            default -> "trigger.po_number";
        };
    }

    /** Arguments in front that fit. */
    private static String before(Operation filter, int position) {
        var fitting = new StringBuilder();
        for (Operation.Parameter parameter : filter.parameters().subList(0, position)) {
            fitting.append(
                            switch (parameter.name()) {
                                case "precision", "length", "base" -> "10";
                                case "reverse", "case_sensitive", "killwords", "boolean" -> "true";
                                case "attribute" -> "none";
                                default -> "'x'";
                            })
                    .append(", ");
        }
        return fitting.toString();
    }

    /** An attribute that no item has is another failure than that of a type, and both are refused. */
    @Test
    void arguments_are_refused_at_save_where_they_fail_at_run_time() {
        assertThat(arguments().flatMap(RunTimeAgreementTest::argued)).isEmpty();
    }

    private static Stream<String> argued(String source) {
        if (source.contains("none, ") || !source.contains("(")) {
            return Stream.empty();
        }
        return agrees(source, source.contains("join('x', ") || source.matches(".*(sort|unique|sum|min|max)\\(.*"));
    }

    /**
     * @param meaningless what does not fail may be refused as well
     * @return where the two differ
     */
    private static Stream<String> agrees(String source, boolean meaningless) {
        Expression expression = Sample.parsed(source);
        Typing typing = Sample.typing(source);
        boolean refused = typing.findings().stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
        boolean mismatch = typing.findings().stream().anyMatch(finding -> finding.code() == ProblemCode.TYPE_MISMATCH);
        long failures =
                SCOPES.stream().filter(scope -> failsByType(expression, scope)).count();
        boolean failsThough = !refused && failures > 0 && !dependsOnValue(source);
        boolean runsThough = mismatch && !meaningless && failures < SCOPES.size();
        return Stream.of(
                        failsThough ? "accepted at save, but fails: " : "",
                        runsThough ? "refused at save, but runs: " : "")
                .filter(difference -> !difference.isEmpty())
                .map(difference -> difference + source);
    }

    private static boolean failsByType(Expression expression, Scope scope) {
        try {
            expression.evaluate(scope);
            return false;
        } catch (EvaluationException failure) {
            return failure.code().equals("type_error");
        }
    }

    /** A text may or may not hold a date or an amount, a decimal may or may not be whole: that is known later. */
    private static boolean dependsOnValue(String source) {
        boolean text = Stream.of("date", "add_days", "add_working_days", "days_until", "money")
                .anyMatch(filter -> source.contains("| " + filter));
        boolean decimal = source.contains("trigger.total_amount");
        return text || decimal;
    }
}
