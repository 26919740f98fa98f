package dev.millrace.language.expression;

import static dev.millrace.language.expression.Operation.filter;

import dev.millrace.language.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/** Filters that give a number, and money as people write it. */
final class NumberFilters {
    private static final int LONGEST = 200;

    static final List<Operation> ALL = List.of(
            filter("int", NumberFilters::whole, "default?", "base?"),
            filter("float", NumberFilters::decimal, "default?"),
            filter("abs", (value, args) -> Numbers.node(number(value, args).abs(), args.run())),
            filter("round", NumberFilters::round, "precision?", "method?"),
            filter("money", NumberFilters::money, "currency?"));

    private NumberFilters() {}

    private static BigDecimal number(JsonNode value, Arguments args) {
        if (!value.isNumber()) {
            throw args.run()
                    .typeError("Expected a number before " + args.filter() + ", but there is "
                            + Kind.of(value).words()
                            + "; convert it with | float, or give none a value with | if_none(0)");
        }
        return Numbers.of(value, args.run());
    }

    private static JsonNode whole(JsonNode value, Arguments args) {
        int base = args.whole(1, 10);
        Optional<BigDecimal> read = base == 10 || !value.isString() ? read(value, args) : ofBase(value, base, args);
        if (read.isEmpty()) {
            return args.given(0) ? args.get(0) : Numbers.node(0);
        }
        return Numbers.node(read.get().setScale(0, RoundingMode.DOWN), args.run());
    }

    private static JsonNode decimal(JsonNode value, Arguments args) {
        Optional<BigDecimal> read = read(value, args);
        if (read.isEmpty()) {
            return args.given(0) ? args.get(0) : Numbers.node(new BigDecimal("0.0"), args.run());
        }
        return Numbers.node(read.get(), args.run());
    }

    private static Optional<BigDecimal> read(JsonNode value, Arguments args) {
        return switch (Kind.of(value)) {
            case NUMBER -> Optional.of(Numbers.of(value, args.run()));
            case BOOLEAN -> Optional.of(value.equals(BooleanNode.TRUE) ? BigDecimal.ONE : BigDecimal.ZERO);
            case TEXT -> read(value.stringValue()).filter(Numbers::fits);
            case UNDEFINED, NONE, LIST, MAP -> Optional.empty();
        };
    }

    /** Underscores between digits are allowed, as in Python. */
    private static Optional<BigDecimal> read(String text) {
        String digits = text.strip();
        boolean misplaced = digits.startsWith("_") || digits.endsWith("_") || digits.contains("__");
        if (digits.isEmpty() || digits.length() > LONGEST || misplaced) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(digits.replace("_", "")));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private static Optional<BigDecimal> ofBase(JsonNode value, int base, Arguments args) {
        String text = args.run().reading(value.stringValue()).strip().toLowerCase(Locale.ROOT);
        String prefix = switch (base) {
            case 2 -> "0b";
            case 8 -> "0o";
            case 16 -> "0x";
            default -> "";
        };
        String digits = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
        if (base < Character.MIN_RADIX || base > Character.MAX_RADIX || digits.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(new BigInteger(digits, base)));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private static JsonNode round(JsonNode value, Arguments args) {
        BigDecimal number = number(value, args);
        int precision = args.whole(0, 0);
        String method = args.text(1, "common");
        if (Math.abs((long) precision) > Limits.DIGITS) {
            throw args.run()
                    .limit("Expected a precision of at most " + Limits.DIGITS + " digits for | round, but it is "
                            + precision + "; give a smaller one");
        }
        RoundingMode mode = switch (method) {
            case "common" -> RoundingMode.HALF_EVEN;
            case "ceil" -> RoundingMode.CEILING;
            case "floor" -> RoundingMode.FLOOR;
            default ->
                throw args.run()
                        .error("Expected 'common', 'ceil' or 'floor' as method of | round, but it is '" + method
                                + "'; write one of them");
        };
        return Numbers.node(number.setScale(precision, mode), args.run());
    }

    /** An amount may be a text that holds one: that is how the ERP's documents carry it. */
    private static JsonNode money(JsonNode value, Arguments args) {
        Optional<BigDecimal> amount = value.isBoolean() ? Optional.empty() : read(value, args);
        String currency = args.text(0, args.run().scope().currency());
        if (amount.isEmpty()) {
            throw args.run()
                    .typeError("Expected an amount before | money, but there is "
                            + Kind.of(value).words()
                            + "; convert it with | float, or give none a value with | if_none(0)");
        }
        return args.run()
                .text(Money.text(amount.get(), currency)
                        .orElseThrow(() -> args.run()
                                .error("Expected a currency of ISO 4217 for | money, but it is '" + currency
                                        + "'; write for example money('INR')")));
    }
}
