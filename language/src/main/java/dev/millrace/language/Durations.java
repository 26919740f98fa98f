package dev.millrace.language;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as definitions write them: {@code 30s}, {@code 5m}, {@code 24h}, {@code 2d}, or ISO-8601. */
public final class Durations {
    /** Longest duration: ten years. Instants that far off still fit every column and every clock. */
    public static final Duration MAX = Duration.ofDays(3660);

    /** What {@link #parse} accepts, but for its bounds; also in the JSON Schema of a definition. */
    public static final String PATTERN =
            "^(?:\\d{1,9}[smhd]|P(?=\\d|T\\d)(?:\\d{1,9}D)?(?:T(?=\\d)(?:\\d{1,9}H)?(?:\\d{1,9}M)?(?:\\d{1,9}(?:\\.\\d{1,9})?S)?)?)$";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    private Durations() {}

    /** Empty when the text is no duration, or one beyond {@link #MAX}; never negative. Never throws. */
    public static Optional<Duration> parse(String text) {
        if (text.length() > 64 || !FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        return read(text).filter(d -> d.compareTo(MAX) <= 0);
    }

    private static Optional<Duration> read(String text) {
        if (text.startsWith("P")) {
            try {
                return Optional.of(Duration.parse(text));
            } catch (DateTimeParseException | ArithmeticException beyondRange) {
                return Optional.empty();
            }
        }
        long count = Long.parseLong(text, 0, text.length() - 1, 10);
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Optional.of(Duration.ofSeconds(count));
            case 'm' -> Optional.of(Duration.ofMinutes(count));
            case 'h' -> Optional.of(Duration.ofHours(count));
            case 'd' -> Optional.of(Duration.ofDays(count));
            default -> Optional.empty();
        };
    }
}
