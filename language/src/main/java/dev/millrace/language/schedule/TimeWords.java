package dev.millrace.language.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The times of a line in English, as seen on any one day. */
final class TimeWords {
    /** So many times are listed one by one. */
    private static final int MOST_TIMES = 6;

    private static final Values ZERO = Values.only(0);

    private final Line line;

    private TimeWords(Line line) {
        this.line = line;
    }

    static String of(Line line) {
        var words = new TimeWords(line);
        if (isListOfTimes(line)) {
            return "at " + Words.list(words.times());
        }
        return line.seconds().equals(ZERO) ? words.byMinutes() : words.bySeconds();
    }

    /** Few enough to be named each, or without any rule: "at 09:00 and 17:30". */
    static boolean isListOfTimes(Line line) {
        int perHour = line.seconds().count() * line.minutes().count();
        int count = perHour * line.hours().count();
        if (line.followsRealTime() && line.hours().evenStep(Unit.HOUR) > 0) {
            return false;
        }
        boolean regular = line.hours().isRange() || line.hours().evenStep(Unit.HOUR) > 0;
        return count <= MOST_TIMES || (perHour == 1 && !regular);
    }

    private List<String> times() {
        boolean withSeconds = !line.seconds().equals(ZERO);
        var times = new ArrayList<String>();
        for (int hour : line.hours().list()) {
            for (int minute : line.minutes().list()) {
                for (int second : line.seconds().list()) {
                    times.add(withSeconds ? time(hour, minute) + two(":%02d", second) : time(hour, minute));
                }
            }
        }
        return times;
    }

    private String byMinutes() {
        if (line.minutes().count() == 1) {
            int minute = line.minutes().first();
            int step = line.hours().evenStep(Unit.HOUR);
            String every = step > 1 ? "every " + step + " hours" : "every hour";
            return every + (minute == 0 ? "" : " at minute " + minute) + (step > 0 ? "" : inHours());
        }
        int step = line.minutes().evenStep(Unit.MINUTE);
        return step > 0 ? each(step, "minute") + inHours() : "at " + numbers("minute", line.minutes()) + ofHours();
    }

    private String bySeconds() {
        int step = line.seconds().evenStep(Unit.SECOND);
        String seconds = step > 0 ? each(step, "second") : "at " + numbers("second", line.seconds());
        if (line.minutes().isAllOf(Unit.MINUTE)) {
            return seconds + (step > 0 ? "" : " of every minute") + inHours();
        }
        return seconds + " of " + numbers("minute", line.minutes()) + ofHours();
    }

    /** " from 09:00 to 17:45", " in the hours 9, 11 and 13"; nothing for every hour. */
    private String inHours() {
        Values hours = line.hours();
        if (hours.isAllOf(Unit.HOUR)) {
            return "";
        }
        return hours.isRange() || hours.count() == 1
                ? " from " + time(hours.first(), line.minutes().first()) + " to "
                        + time(hours.last(), line.minutes().last())
                : " in the hours " + Words.runs(hours, String::valueOf);
    }

    /** The same after "minutes 5 and 35". */
    private String ofHours() {
        Values hours = line.hours();
        return hours.isAllOf(Unit.HOUR) || hours.isRange()
                ? " of every hour" + inHours()
                : " of " + numbers("hour", hours);
    }

    private static String each(int step, String unit) {
        return step == 1 ? "every " + unit : "every " + step + " " + unit + "s";
    }

    private static String numbers(String unit, Values values) {
        return unit + (values.count() == 1 ? " " : "s ") + Words.runs(values, String::valueOf);
    }

    private static String time(int hour, int minute) {
        return two("%02d", hour) + two(":%02d", minute);
    }

    private static String two(String format, int number) {
        return String.format(Locale.ROOT, format, number);
    }
}
