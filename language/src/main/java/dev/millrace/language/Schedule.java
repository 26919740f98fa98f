package dev.millrace.language;

import dev.millrace.language.schedule.Fires;
import dev.millrace.language.schedule.Line;
import dev.millrace.language.schedule.LineReader;
import dev.millrace.language.schedule.Words;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a definition starts by itself: five fields (minute hour day month weekday), or six with seconds first.
 *
 * <p>A field holds {@code *}, numbers, names ({@code JAN}, {@code MON}), ranges, steps and lists of them; 0 and 7 are
 * both Sunday; {@code L} among the days is the last of the month. When day and weekday are both restricted, a day
 * that fits either one counts.
 *
 * <p>Where a zone's clocks jump: fixed hours (numbers, ranges, lists of them) fire once for each local time, at its
 * first occurrence, or at the first instant after the gap that swallowed it. With {@code *} or a step in the hour
 * field the schedule follows real time: what occurs twice fires twice, what does not occur does not fire.
 */
public final class Schedule {
    private final String source;
    private final Line line;

    private Schedule(String source, Line line) {
        this.source = source;
        this.line = line;
    }

    /** Never throws, whatever the text. */
    public static Parsed parse(String text) {
        return switch (LineReader.read(text)) {
            case LineReader.Read.Good good -> new Parsed.Good(new Schedule(text, good.line()));
            case LineReader.Read.Bad bad -> new Parsed.Bad(bad.faults());
        };
    }

    /** What parsing gave. */
    public sealed interface Parsed {
        record Good(Schedule schedule) implements Parsed {}

        /** At least one fault, in the order of the text. */
        record Bad(List<Fault> faults) implements Parsed {
            public Bad {
                faults = List.copyOf(faults);
            }
        }
    }

    /**
     * @param code {@link ProblemCode#CRON_INVALID} or {@link ProblemCode#SCHEDULE_NEVER_FIRES}
     * @param offset characters from the start of the text
     * @param length characters from there; the whole text if no part of it is to blame
     * @param expected what was expected: "a minute from 0 to 59"
     * @param but what there is instead, and what to write: "got '75'."
     * @param replacement what to write there instead, where there is one answer
     */
    public record Fault(
            ProblemCode code, int offset, int length, String expected, String but, Optional<String> replacement) {

        /** For people, with the place where the schedule stands; empty for none. */
        public String message(String place) {
            return "Expected " + expected + (place.isEmpty() ? "" : " at " + place) + " but " + but;
        }
    }

    /** As it was written. */
    public String source() {
        return source;
    }

    /**
     * The first fire after an instant, to the whole second. Called with its own answers it gives every fire once, each
     * later than the one before.
     *
     * @return empty if there is none within 40 years, or none before the year 10000
     */
    public Optional<Instant> next(Instant after, ZoneId zone) {
        return Fires.next(line, after, zone);
    }

    /**
     * The first fires at or after an instant, in order.
     *
     * @param count how many, from 0; fewer come where there are no more
     */
    public List<Fire> preview(Instant from, ZoneId zone, int count) {
        var fires = new ArrayList<Fire>();
        Optional<Instant> next = Fires.atOrAfter(line, from, zone);
        while (next.isPresent() && fires.size() < count) {
            Instant at = next.get();
            fires.add(new Fire(at, at.atZone(zone)));
            next = Fires.next(line, at, zone);
        }
        return List.copyOf(fires);
    }

    /** A fire: the instant, and what the clocks of the zone show then. */
    public record Fire(Instant at, ZonedDateTime local) {}

    /**
     * In English, to follow "starts": "at 09:00 on the 15th of every month", "every 15 minutes", "at 18:30 on
     * weekdays". The same schedule always gives the same words; the zone is not among them.
     */
    public String words() {
        return Words.of(line);
    }

    /** Two schedules are equal when they are written alike. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule that && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return source;
    }
}
