package dev.millrace.server.request;

import dev.millrace.server.problem.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the values by which a list is filtered. */
public final class Filters {
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Filters() {}

    /**
     * @throws Refusal it is none of the constants, in lower case
     */
    public static <E extends Enum<E>> Optional<E> oneOf(String name, @Nullable String given, Class<E> type) {
        List<String> known = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        return oneOf(name, given, known).map(text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
    }

    /**
     * @throws Refusal it is none of those known
     */
    public static Optional<String> oneOf(String name, @Nullable String given, List<String> known) {
        if (given != null && !known.contains(given)) {
            throw Refusal.invalid(
                    "not_one_of",
                    name,
                    "Expected " + name + " to be one of " + String.join(", ", known) + " but got '" + given + "'");
        }
        return Optional.ofNullable(given);
    }

    /** A text to compare with; the database knows none with U+0000, so nothing is found by one. */
    public static Optional<String> text(String name, @Nullable String given) {
        if (given != null && given.indexOf('\0') >= 0) {
            throw Refusal.invalid("invalid_character", name, "Expected readable text but it has the character U+0000.");
        }
        return Optional.ofNullable(given).filter(text -> !text.isEmpty());
    }

    /**
     * @throws Refusal it is not an instant with its zone, {@code 2026-11-24T04:52:55Z}, of the years 1970 to 9999
     */
    public static Optional<Instant> instant(String name, @Nullable String given) {
        if (given == null) {
            return Optional.empty();
        }
        try {
            Instant at = OffsetDateTime.parse(given).toInstant();
            if (!at.isBefore(Instant.EPOCH) && at.isBefore(LATEST)) {
                return Optional.of(at);
            }
        } catch (DateTimeParseException e) {
            // Told below, with what was expected.
        }
        throw Refusal.invalid(
                "invalid_time",
                name,
                "Expected " + name + " to be a time such as 2026-11-24T04:52:55Z but got '" + given + "'");
    }

    /**
     * @throws Refusal it is no id
     */
    public static Optional<UUID> uuid(String name, @Nullable String given) {
        try {
            return Optional.ofNullable(given).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("invalid_id", name, "Expected " + name + " to be an id but got '" + given + "'");
        }
    }

    /**
     * @throws Refusal it is not a day, {@code 2026-11-24}
     */
    public static Optional<LocalDate> date(String name, @Nullable String given) {
        try {
            return Optional.ofNullable(given).map(LocalDate::parse);
        } catch (DateTimeParseException e) {
            throw Refusal.invalid(
                    "invalid_date",
                    name,
                    "Expected " + name + " to be a day such as 2026-11-24 but got '" + given + "'");
        }
    }

    /**
     * @throws Refusal it is not a month, {@code 2026-11}
     */
    public static Optional<YearMonth> month(String name, @Nullable String given) {
        try {
            return Optional.ofNullable(given).map(YearMonth::parse);
        } catch (DateTimeParseException e) {
            throw Refusal.invalid(
                    "period_invalid",
                    name,
                    "Expected " + name + " to be a month such as 2026-11 but got '" + given + "'");
        }
    }

    /** A month in a path; what is none is as unknown as any. */
    public static YearMonth pathMonth(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.notFound();
        }
    }

    /**
     * @param name of a switch; {@code ?name} alone means true
     * @throws Refusal it is neither true nor false
     */
    public static boolean flag(String name, @Nullable String given, boolean otherwise) {
        return oneOf(name, given, List.of("", "true", "false"))
                .map(text -> !text.equals("false"))
                .orElse(otherwise);
    }

    /** An id in a path; one that cannot be is as unknown as one that could. */
    public static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.notFound();
        }
    }
}
