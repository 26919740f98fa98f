package dev.millrace.language;

import dev.millrace.language.Expressions.Parsed;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What {@code core.*} actions compute, without an effect: executions and simulations do the same. */
public final class PureActions {
    private static final Pattern UNTIL_DAY =
            Pattern.compile("(day|business day) (\\d{1,2}) ([01]\\d|2[0-3]):([0-5]\\d)");

    private PureActions() {}

    /** What an action gave. */
    public sealed interface Result {
        record Output(ObjectNode output) implements Result {}

        /** For good: another attempt would give the same. */
        record Failed(String code, String message) implements Result {}
    }

    /**
     * {@code core.assert}.
     *
     * @param value what the expression {@code that} gave
     * @return the failure, unless it holds
     */
    public static Optional<Result.Failed> assertion(
            String that, JsonNode value, String message, Optional<String> code) {
        if (!value.isBoolean()) {
            return Optional.of(
                    new Result.Failed("type_mismatch", "Expected true or false from '" + that + "' but got " + value));
        }
        return value.booleanValue()
                ? Optional.empty()
                : Optional.of(new Result.Failed(code.orElse("assertion_failed"), message));
    }

    /**
     * {@code core.decide}: the first rule whose {@code when} holds, else {@code otherwise}.
     *
     * @param holds whether an expression does
     */
    public static Result decide(ObjectNode config, Predicate<String> holds) {
        JsonNode rules = config.path("rules");
        for (int n = 0; n < rules.size(); n++) {
            if (holds.test(rules.path(n).path("when").asString())) {
                return new Result.Output(row(n + 1, rules.path(n).path("then")));
            }
        }
        JsonNode otherwise = config.path("otherwise");
        return otherwise.isObject()
                ? new Result.Output(row(0, otherwise))
                : new Result.Failed("no_rule_matched", "No rule applies, and there is no otherwise");
    }

    private static ObjectNode row(int number, JsonNode values) {
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.set("row", DecimalNode.valueOf(BigDecimal.valueOf(number)));
        values.properties().forEach(value -> output.set(value.getKey(), value.getValue()));
        return output;
    }

    /** @throws EvaluationException it cannot be read: only in a text that no validator has seen */
    public static Expression parsed(String expression) {
        return switch (Expressions.expression(expression)) {
            case Parsed.Good<Expression> good -> good.value();
            case Parsed.Bad<Expression> bad ->
                throw new EvaluationException(
                        "template_error", bad.faults().getFirst().message(), 0);
        };
    }

    /**
     * {@code core.wait}: the instant until which it waits; one in the past passes at once.
     *
     * <p>{@code day 18 10:00} is of the month in which {@code now} lies, the last day if the month is shorter;
     * {@code business day 3 09:00} counts Mondays to Fridays.
     *
     * @param config of which one of {@code for, until, until_day} is given
     * @return empty: {@code until_invalid}
     */
    public static Optional<Instant> waitUntil(JsonNode config, Instant now, ZoneId zone) {
        try {
            if (config.path("for").isString()) {
                Optional<Duration> length = Durations.parse(config.path("for").stringValue());
                return length.map(now::plus);
            }
            if (config.path("until").isString()) {
                return Optional.of(
                        OffsetDateTime.parse(config.path("until").stringValue()).toInstant());
            }
            return day(config.path("until_day").asString(""), now, zone);
        } catch (DateTimeException beyondRange) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> day(String text, Instant now, ZoneId zone) {
        Matcher form = UNTIL_DAY.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        LocalDate first = LocalDate.ofInstant(now, zone).withDayOfMonth(1);
        int number = Integer.parseInt(form.group(2));
        Optional<LocalDate> day = form.group(1).equals("day") ? day(first, number) : businessDay(first, number);
        LocalTime time = LocalTime.of(Integer.parseInt(form.group(3)), Integer.parseInt(form.group(4)));
        return day.map(d -> d.atTime(time).atZone(zone).toInstant());
    }

    private static Optional<LocalDate> day(LocalDate first, int number) {
        return number < 1 || number > 31
                ? Optional.empty()
                : Optional.of(first.withDayOfMonth(Math.min(number, first.lengthOfMonth())));
    }

    private static Optional<LocalDate> businessDay(LocalDate first, int number) {
        int seen = 0;
        for (LocalDate day = first; day.getMonth() == first.getMonth(); day = day.plusDays(1)) {
            seen += day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0 ? 1 : 0;
            if (seen == number && number > 0) {
                return Optional.of(day);
            }
        }
        return Optional.empty();
    }
}
