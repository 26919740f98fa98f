package dev.millrace.language.expression;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates and instants as texts of ISO 8601. */
final class Dates {
    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Dates() {}

    /** {@code 2026-11-24T04:52:55.000000Z}. */
    static String text(Instant instant) {
        return MICROSECONDS.format(instant);
    }
}
