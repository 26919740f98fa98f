package dev.millrace.language.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;

/** Exact decimals of 34 digits. */
final class Numbers {
    static final MathContext CONTEXT = new MathContext(34, RoundingMode.HALF_EVEN);

    private Numbers() {}

    /** @param value of kind NUMBER */
    static BigDecimal of(JsonNode value, Evaluation run) {
        return checked(value.decimalValue(), run);
    }

    static JsonNode node(BigDecimal value, Evaluation run) {
        return DecimalNode.valueOf(checked(value, run));
    }

    static JsonNode node(long value) {
        return DecimalNode.valueOf(BigDecimal.valueOf(value));
    }

    /** Writing 1e1000000000 out, or adding 1 to it exactly, would take a gigabyte. */
    private static BigDecimal checked(BigDecimal value, Evaluation run) {
        if (!fits(value)) {
            throw tooLarge(run);
        }
        return value;
    }

    static boolean fits(BigDecimal value) {
        return (long) value.precision() - value.scale() <= Limits.DIGITS && value.scale() <= 2 * Limits.DIGITS;
    }

    static JsonNode add(BigDecimal left, BigDecimal right, Evaluation run) {
        return node(left.add(right, CONTEXT), run);
    }

    static JsonNode divide(BigDecimal left, BigDecimal right, Evaluation run) {
        return node(left.divide(nonZero(right, run), CONTEXT), run);
    }

    /** Rounded down as Python's {@code //} for whole numbers: {@code -7 // 2} is -4. */
    static JsonNode floorDivide(BigDecimal left, BigDecimal right, Evaluation run) {
        BigDecimal quotient = left.divideToIntegralValue(nonZero(right, run)).setScale(0, RoundingMode.DOWN);
        boolean below = left.remainder(right).signum() * right.signum() < 0;
        return node((below ? quotient.subtract(BigDecimal.ONE) : quotient).round(CONTEXT), run);
    }

    /** Has the sign of the divisor, as Python's {@code %} for whole numbers: {@code -7 % 2} is 1. */
    static JsonNode remainder(BigDecimal left, BigDecimal right, Evaluation run) {
        BigDecimal rest = left.remainder(nonZero(right, run)).setScale(Math.max(left.scale(), right.scale()));
        return node((rest.signum() * right.signum() < 0 ? rest.add(right) : rest).round(CONTEXT), run);
    }

    static JsonNode power(BigDecimal base, BigDecimal exponent, Evaluation run) {
        if (exponent.stripTrailingZeros().scale() > 0) {
            throw run.typeError("Expected a whole number after **, but there is " + exponent.toPlainString()
                    + "; roots and fractions of powers are not calculated");
        }
        boolean trivial = base.abs().compareTo(BigDecimal.ONE) == 0 || base.signum() == 0;
        if (exponent.abs().compareTo(BigDecimal.valueOf(trivial ? 999_999_999 : 100_000)) > 0) {
            throw tooLarge(run);
        }
        if (base.signum() == 0 && exponent.signum() < 0) {
            throw run.error("Expected a base other than 0 for a negative exponent, but it is 0; test it first");
        }
        int times = Math.abs(exponent.intValueExact());
        BigDecimal power = trivial ? trivialPower(base, times) : realPower(base, times, run);
        return node(exponent.signum() < 0 ? BigDecimal.ONE.divide(power, CONTEXT) : power.round(CONTEXT), run);
    }

    private static BigDecimal trivialPower(BigDecimal base, int times) {
        return times == 0 || (base.signum() < 0 && times % 2 == 0)
                ? BigDecimal.ONE
                : base.signum() == 0 ? BigDecimal.ZERO : base;
    }

    /** The estimate comes first: the power itself may be too large to be made at all. */
    private static BigDecimal realPower(BigDecimal base, int times, Evaluation run) {
        double digits = times * Math.abs(Math.log10(base.abs().doubleValue()));
        if (!(digits <= Limits.DIGITS + 1)) {
            throw tooLarge(run);
        }
        boolean exact = (long) base.precision() * times <= 2 * Limits.DIGITS;
        return exact ? base.pow(times) : base.pow(times, new MathContext(60, RoundingMode.HALF_EVEN));
    }

    private static BigDecimal nonZero(BigDecimal divisor, Evaluation run) {
        if (divisor.signum() == 0) {
            throw run.error("Expected a divisor other than 0, but it is 0; " + "test it first: a / b if b != 0 else 0");
        }
        return divisor;
    }

    private static RuntimeException tooLarge(Evaluation run) {
        return run.limit("Expected a number of at most " + Limits.DIGITS
                + " digits before and after the point, but this one has more; use a smaller number");
    }
}
