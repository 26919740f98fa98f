package dev.millrace.language.schedule;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What other crons know and this language does not: refused with what to write instead. */
final class ForeignSigns {
    private static final Map<String, String> NICKNAMES = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    private static final Pattern LAST_BUT = Pattern.compile("(?i)L-\\d+|.*,L-\\d+.*");
    private static final Pattern NEAREST = Pattern.compile("(?i).*(?:\\dW|LW).*");
    private static final Pattern LAST_WEEKDAY = Pattern.compile("(?i)(?:.*[^A-Z])?(?:[0-7]|[A-Z]{3})?L");

    private ForeignSigns() {}

    /** A line that is one word with an at sign. */
    static void refuseNickname(Part line) {
        if (!line.text().startsWith("@")) {
            return;
        }
        String fields = NICKNAMES.get(line.text().toLowerCase(Locale.ROOT));
        String expected = "five fields (minute hour day month weekday)";
        throw fields == null
                ? Fault.invalid(
                        line, expected, line.got() + ", which other crons know; write '*/15 * * * *' or the like.")
                : Fault.replace(line, expected, line.got() + ", which other crons know", fields);
    }

    static void refuse(Unit unit, Part field) {
        if (field.is("?")) {
            throw Fault.replace(field, unit.words(), "got '?', which other crons know", "*");
        }
        if (field.text().contains("#")) {
            throw Fault.invalid(
                    field,
                    unit.words(),
                    field.got()
                            + ", and the nth weekday of a month cannot be said here; start on that weekday every week"
                            + " and let a step's condition ask for the day of the month.");
        }
        if (unit == Unit.DAY) {
            refuseDay(field);
        }
        if (unit == Unit.WEEKDAY && LAST_WEEKDAY.matcher(field.text()).matches()) {
            throw Fault.invalid(
                    field,
                    unit.words(),
                    field.got()
                            + ", and L stands among the days only; write L in the third field for the last day of the"
                            + " month.");
        }
    }

    private static void refuseDay(Part field) {
        if (LAST_BUT.matcher(field.text()).matches()) {
            throw Fault.invalid(
                    field,
                    Unit.DAY.words(),
                    field.got()
                            + ", and days cannot be counted from the end of the month; write L, or a day up to 28.");
        }
        if (NEAREST.matcher(field.text()).matches()) {
            throw Fault.invalid(
                    field,
                    Unit.DAY.words(),
                    field.got() + ", and the working day nearest to a day cannot be said here; write the day itself.");
        }
    }

    /** MONDAY for MON. */
    static void refuseLongName(Unit unit, Part part) {
        if (part.text().length() > 3 && unit.named(part.text().substring(0, 3)).isPresent()) {
            throw Fault.replace(
                    part, unit.words(), part.got(), part.text().substring(0, 3).toUpperCase(Locale.ROOT));
        }
    }
}
