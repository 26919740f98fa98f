package dev.millrace.language.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/** The instants at which a line fires in a zone. */
public final class Fires {
    private static final int YEARS = 40;

    /** The years in which people write dates; outside them nothing fires. */
    private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-30T00:00:00Z");

    private final Line line;
    private final ZoneRules rules;
    private final LocalDate last;

    private Fires(Line line, ZoneRules rules, Instant after) {
        this.line = line;
        this.rules = rules;
        this.last = LocalDate.ofInstant(after, ZoneOffset.UTC).plusYears(YEARS).plusDays(1);
    }

    /** The first fire after the instant, as {@link dev.millrace.language.Schedule#next} says. */
    public static Optional<Instant> next(Line line, Instant after, ZoneId zone) {
        return after.isAfter(LAST)
                ? Optional.empty()
                : atOrAfter(line, after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1), zone);
    }

    /** The first fire at or after the instant. */
    public static Optional<Instant> atOrAfter(Line line, Instant from, ZoneId zone) {
        if (from.isAfter(LAST)) {
            return Optional.empty();
        }
        Instant start = whole(from.isBefore(FIRST) ? FIRST : from);
        var fires = new Fires(line, zone.getRules(), start);
        Optional<Instant> fire = line.followsRealTime() ? fires.inRealTime(start) : fires.atFixedHours(start);
        return fire.filter(at -> !at.isAfter(LAST));
    }

    private static Instant whole(Instant from) {
        Instant second = from.truncatedTo(ChronoUnit.SECONDS);
        return second.equals(from) ? second : second.plusSeconds(1);
    }

    /** Between two changes of the clocks local time is real time; each stretch is searched by itself. */
    private Optional<Instant> inRealTime(Instant from) {
        Instant start = from;
        while (true) {
            ZoneOffset offset = rules.getOffset(start);
            Optional<Instant> fire =
                    line.atOrAfter(LocalDateTime.ofInstant(start, offset), last).map(local -> local.toInstant(offset));
            Optional<Instant> change = changeAfter(start);
            if (fire.isEmpty() || change.isEmpty() || fire.get().isBefore(change.get())) {
                return fire;
            }
            start = change.get();
        }
    }

    private Optional<Instant> changeAfter(Instant instant) {
        return Optional.ofNullable(rules.nextTransition(instant)).map(ZoneOffsetTransition::getInstant);
    }

    /** Each local time of the line has one instant; in the order of local times they never go back. */
    private Optional<Instant> atFixedHours(Instant from) {
        Optional<LocalDateTime> slot = line.atOrAfter(firstLocal(from), last);
        while (slot.isPresent()) {
            Instant fire = instantOf(slot.get());
            if (!fire.isBefore(from)) {
                return Optional.of(fire);
            }
            slot = line.atOrAfter(slot.get().plusSeconds(1), last);
        }
        return Optional.empty();
    }

    /**
     * The first local time whose instant may be at or after the given one. In a gap's first instant that is the gap's
     * first local time: all that the gap swallowed fires then. In an hour's second pass it is what follows that hour.
     */
    private LocalDateTime firstLocal(Instant from) {
        ZoneOffset offset = rules.getOffset(from);
        LocalDateTime local = LocalDateTime.ofInstant(from, offset);
        ZoneOffsetTransition before = rules.previousTransition(from.plusSeconds(1));
        if (before != null && before.isGap() && before.getInstant().equals(from)) {
            return before.getDateTimeBefore();
        }
        ZoneOffsetTransition around = rules.getTransition(local);
        return around != null && around.isOverlap() && !from.isBefore(around.getInstant())
                ? around.getDateTimeBefore()
                : local;
    }

    private Instant instantOf(LocalDateTime slot) {
        ZoneOffsetTransition around = rules.getTransition(slot);
        if (around == null) {
            return slot.toInstant(rules.getOffset(slot));
        }
        return around.isGap() ? around.getInstant() : slot.toInstant(around.getOffsetBefore());
    }
}
