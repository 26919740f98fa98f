package dev.millrace.language.typing;

import dev.millrace.language.expression.Node;
import dev.millrace.language.expression.Node.Operator;
import dev.millrace.language.typing.Type.Sort;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The types of {@code + - * / // % **} and signs. */
final class Calculating {
    private static final Set<Sort> ADDED = EnumSet.of(Sort.NUMBER, Sort.TEXT, Sort.LIST);

    private final Report report;
    private final Currencies currencies;

    Calculating(Report report) {
        this.report = report;
        this.currencies = new Currencies(report);
    }

    Type arithmetic(Node.Arithmetic node, Type leftType, Type rightType) {
        Operand left = there(node.left(), leftType);
        Operand right = there(node.right(), rightType);
        Sort a = left.type().sort();
        Sort b = right.type().sort();
        boolean numbers = isNumber(a) && isNumber(b);
        if (!fits(node.operator(), a, b) || (!numbers && (isFraction(left.type()) || isFraction(right.type())))) {
            misfit(node, left, right);
            return Types.ANY;
        }
        if (a == Sort.ANY || b == Sort.ANY) {
            return Types.ANY;
        }
        if (left.type() instanceof Type.Decimal x && right.type() instanceof Type.Decimal y) {
            return ofNumbers(node, left, x, right, y);
        }
        if (left.type() instanceof Type.Items x) {
            return right.type() instanceof Type.Items y ? x.or(y) : x;
        }
        return right.type() instanceof Type.Items y ? y : Types.TEXT;
    }

    /** Nothing is repeated half a time. */
    private static boolean isFraction(Type type) {
        return type instanceof Type.Decimal number
                && number.value()
                        .filter(value -> value.stripTrailingZeros().scale() > 0)
                        .isPresent();
    }

    private static boolean fits(Operator operator, Sort a, Sort b) {
        return switch (operator) {
            case PLUS -> (a == Sort.ANY || ADDED.contains(a)) && (b == Sort.ANY || ADDED.contains(b)) && same(a, b);
            case TIMES -> repeats(a, b) || repeats(b, a);
            case MINUS, DIVIDE, FLOOR_DIVIDE, REMAINDER, POWER -> isNumber(a) && isNumber(b);
        };
    }

    private static boolean same(Sort a, Sort b) {
        return a == b || a == Sort.ANY || b == Sort.ANY;
    }

    private static boolean isNumber(Sort sort) {
        return sort == Sort.ANY || sort == Sort.NUMBER;
    }

    private static boolean repeats(Sort part, Sort times) {
        return isNumber(times) && (part == Sort.ANY || ADDED.contains(part));
    }

    private void misfit(Node.Arithmetic node, Operand left, Operand right) {
        boolean plus = node.operator() == Operator.PLUS;
        boolean texts = left.type().sort() == Sort.TEXT || right.type().sort() == Sort.TEXT;
        report.mismatch(
                node,
                (plus ? "two numbers, two texts or two lists" : "two numbers") + " around "
                        + node.operator().sign(),
                "there are " + left.shown(report) + " and " + right.shown(report)
                        + advice(
                                plus,
                                texts,
                                left.type().sort() == Sort.NONE || right.type().sort() == Sort.NONE));
    }

    private static String advice(boolean plus, boolean texts, boolean none) {
        return none
                ? "; give none a value with | if_none(0)"
                : !texts ? "" : plus ? "; join texts with ~" : "; convert texts with | float";
    }

    private Type ofNumbers(Node.Arithmetic node, Operand left, Type.Decimal x, Operand right, Type.Decimal y) {
        boolean whole = x.whole() && y.whole();
        return switch (node.operator()) {
            case PLUS, MINUS -> {
                currencies.check(
                        left, right, () -> report.at(node), node.operator() == Operator.PLUS ? "add" : "subtract");
                yield new Type.Decimal(whole, Unit.of(x.unit(), y.unit()), Optional.empty());
            }
            case TIMES, DIVIDE -> {
                boolean both = x.unit().isPresent() && y.unit().isPresent();
                boolean per = node.operator() == Operator.DIVIDE && y.unit().isPresent();
                Optional<Unit> unit = both || per ? Optional.empty() : Unit.of(x.unit(), y.unit());
                yield new Type.Decimal(whole && node.operator() == Operator.TIMES, unit, Optional.empty());
            }
            case FLOOR_DIVIDE -> Types.WHOLE;
            case REMAINDER -> new Type.Decimal(whole, x.unit(), Optional.empty());
            case POWER -> Types.NUMBER;
        };
    }

    Type signed(Node.Signed node, Type type) {
        Operand operand = there(node.operand(), type);
        return switch (operand.type()) {
            case Type.Unknown any -> Types.ANY;
            case Type.Decimal number ->
                new Type.Decimal(number.whole(), number.unit(), number.value().map(BigDecimal::negate));
            default -> {
                report.mismatch(
                        node,
                        "a number after " + (node.negative() ? "-" : "+"),
                        "there is " + operand.shown(report) + "; convert it with | float");
                yield Types.NUMBER;
            }
        };
    }

    private Operand there(Node node, Type type) {
        if (type instanceof Type.Maybe) {
            report.possiblyNone(node, type);
        }
        return Operand.of(type.present(), node);
    }
}
