package dev.millrace.language.check;

import dev.millrace.language.Durations;
import dev.millrace.language.ValueType.Scalar;
import dev.millrace.language.schema.Forms;
import dev.millrace.language.schema.TypeNames;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.StringNode;

/** Reads one scalar of each type, in the one form in which it is kept. */
final class ScalarFit {
    private static final Pattern UUID_FORM = Pattern.compile(Forms.UUID);
    private static final Pattern DECIMAL_FORM = Pattern.compile(Forms.DECIMAL);
    private static final Pattern DATE_FORM = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /** Six fractional digits always, so that texts sort as instants do. */
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);

    /** As the length of a number in quotes, so that writing it out stays small. */
    private static final int MAX_SCALE = 1000;

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private ScalarFit() {}

    static String name(Scalar type) {
        return TypeNames.of(type);
    }

    /** Empty: it does not fit. */
    static Optional<JsonNode> fit(JsonNode given, Scalar type) {
        return switch (type) {
            case ANY -> Optional.of(given);
            case STRING -> given.isString() ? Optional.of(given) : Optional.empty();
            case ROLE, MEMBER, EVENT, ENTITY, EXPRESSION ->
                given.isString() && !given.stringValue().isBlank() ? Optional.of(given) : Optional.empty();
            case BOOLEAN -> given.isBoolean() ? Optional.of(given) : Optional.empty();
            case DECIMAL -> decimal(given).map(DecimalNode::valueOf);
            case INTEGER -> given.isNumber() ? decimal(given).flatMap(ScalarFit::whole) : Optional.empty();
            case UUID, DATE, DATETIME, DURATION, CURRENCY ->
                given.isString() ? text(given.stringValue(), type) : Optional.empty();
        };
    }

    private static Optional<JsonNode> text(String given, Scalar type) {
        return switch (type) {
            case UUID ->
                UUID_FORM.matcher(given).matches()
                        ? Optional.of(StringNode.valueOf(given.toLowerCase(Locale.ROOT)))
                        : Optional.empty();
            case DATE -> date(given);
            case DATETIME -> instant(given);
            case DURATION -> Durations.parse(given).map(d -> StringNode.valueOf(given));
            case CURRENCY -> CURRENCIES.contains(given) ? Optional.of(StringNode.valueOf(given)) : Optional.empty();
            case ANY, STRING, INTEGER, DECIMAL, BOOLEAN, EXPRESSION, ROLE, MEMBER, EVENT, ENTITY ->
                Optional.of(StringNode.valueOf(given));
        };
    }

    private static Optional<JsonNode> whole(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() <= 0 ? Optional.of(DecimalNode.valueOf(stripped.setScale(0))) : Optional.empty();
    }

    private static Optional<BigDecimal> decimal(JsonNode given) {
        if (given.isString()) {
            String text = given.stringValue();
            return text.length() <= Forms.MAX_DIGITS && DECIMAL_FORM.matcher(text).matches()
                    ? Optional.of(new BigDecimal(text))
                    : Optional.empty();
        }
        boolean binary = given.isDouble() || given.isFloat();
        if (!given.isNumber() || (binary && !Double.isFinite(given.doubleValue()))) {
            return Optional.empty();
        }
        BigDecimal value = given.decimalValue();
        return Math.abs((long) value.scale()) <= MAX_SCALE ? Optional.of(value) : Optional.empty();
    }

    private static Optional<JsonNode> date(String given) {
        if (!DATE_FORM.matcher(given).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(StringNode.valueOf(LocalDate.parse(given).toString()));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> instant(String given) {
        try {
            OffsetDateTime utc = OffsetDateTime.parse(given).withOffsetSameInstant(ZoneOffset.UTC);
            boolean written = utc.getYear() >= 1 && utc.getYear() <= 9999;
            return written ? Optional.of(StringNode.valueOf(MICROS.format(utc))) : Optional.empty();
        } catch (DateTimeException noInstant) {
            return Optional.empty();
        }
    }
}
