package dev.millrace.language.schedule;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** What one field of a schedule counts. */
enum Unit {
    SECOND(0, 59, 59),
    MINUTE(0, 59, 59),
    HOUR(0, 23, 23),
    DAY(1, 31, 31),
    MONTH(1, 12, 12),
    /** Sunday is 0 and may be written 7 as well. */
    WEEKDAY(0, 6, 7);

    static final List<Unit> WITHOUT_SECONDS = List.of(MINUTE, HOUR, DAY, MONTH, WEEKDAY);
    static final List<Unit> WITH_SECONDS = List.of(SECOND, MINUTE, HOUR, DAY, MONTH, WEEKDAY);

    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private final int first;
    private final int last;
    private final int written;

    Unit(int first, int last, int written) {
        this.first = first;
        this.last = last;
        this.written = written;
    }

    int first() {
        return first;
    }

    int last() {
        return last;
    }

    /** The greatest number that may be written. */
    int written() {
        return written;
    }

    /** How many values there are. */
    int count() {
        return last - first + 1;
    }

    OptionalInt named(String word) {
        int index = names().indexOf(word.toUpperCase(Locale.ROOT));
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(first + index);
    }

    private List<String> names() {
        return switch (this) {
            case MONTH -> MONTHS;
            case WEEKDAY -> WEEKDAYS;
            case SECOND, MINUTE, HOUR, DAY -> List.of();
        };
    }

    /** "a weekday from 0 to 7, or SUN to SAT". */
    String words() {
        String range = "from " + first + " to " + written;
        return switch (this) {
            case SECOND, MINUTE -> "a " + label() + " " + range;
            case HOUR -> "an hour " + range;
            case DAY -> "a day " + range + ", or L for the last of the month";
            case MONTH, WEEKDAY ->
                "a " + label() + " " + range + ", or " + names().getFirst() + " to " + names().getLast();
        };
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
