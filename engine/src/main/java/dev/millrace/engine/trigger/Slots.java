package dev.millrace.engine.trigger;

import dev.millrace.language.Schedule;
import dev.millrace.language.Trigger.CatchUp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which slots of a schedule fire now. A slot of the last minute is late and always fires; older ones were missed, and the
 * schedule's {@code catch_up} decides.
 *
 * @param fire in their order
 * @param missed how many do not fire
 * @param more there are so many that not all were counted
 */
record Slots(List<Instant> fire, int missed, boolean more) {
    /** Most executions that one catch-up starts. */
    static final int CATCH_UP_MAX = 1000;

    private static final Duration LATE = Duration.ofMinutes(1);

    /** Slots that are looked at one by one: a schedule of every second, down for a day. */
    private static final int COUNTED_MAX = 100_000;

    Slots {
        fire = List.copyOf(fire);
    }

    /** @param from the first slot that has not fired, not after {@code now} */
    static Slots due(Schedule schedule, ZoneId zone, CatchUp catchUp, Instant from, Instant now) {
        var newest = new ArrayDeque<Instant>();
        int count = 0;
        Optional<Instant> slot = Optional.of(from);
        while (slot.isPresent() && !slot.get().isAfter(now) && count < COUNTED_MAX) {
            newest.add(slot.get());
            count++;
            if (newest.size() > CATCH_UP_MAX) {
                newest.removeFirst();
            }
            slot = schedule.next(slot.get(), zone);
        }
        boolean more = slot.filter(next -> !next.isAfter(now)).isPresent();
        List<Instant> fire = chosen(more ? newestBefore(schedule, zone, now) : List.copyOf(newest), catchUp, now);
        return new Slots(fire, count - fire.size(), more);
    }

    private static List<Instant> chosen(List<Instant> newest, CatchUp catchUp, Instant now) {
        return switch (catchUp) {
            case NONE ->
                newest.stream().filter(slot -> slot.isAfter(now.minus(LATE))).toList();
            case LAST -> newest.isEmpty() ? List.of() : List.of(newest.getLast());
            case ALL -> newest;
        };
    }

    /** Looks back over longer and longer stretches until there are enough. */
    private static List<Instant> newestBefore(Schedule schedule, ZoneId zone, Instant now) {
        var slots = new ArrayList<Instant>();
        for (Duration back = Duration.ofHours(1); slots.size() < CATCH_UP_MAX; back = back.multipliedBy(2)) {
            slots.clear();
            Optional<Instant> slot = schedule.next(now.minus(back), zone);
            while (slot.isPresent() && !slot.get().isAfter(now)) {
                slots.add(slot.get());
                slot = schedule.next(slot.get(), zone);
            }
        }
        return slots.subList(slots.size() - CATCH_UP_MAX, slots.size());
    }
}
