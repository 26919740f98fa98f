package dev.millrace.language.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;

/**
 * A schedule as read: which local times it names, without any zone.
 *
 * @param followsRealTime {@code *} or a step stands in the hour field
 */
public record Line(Values seconds, Values minutes, Values hours, boolean followsRealTime, Days days) {

    /**
     * The first local time that it names from the given one on.
     *
     * @param from to the whole second
     * @param last the last date that is looked at
     */
    Optional<LocalDateTime> atOrAfter(LocalDateTime from, LocalDate last) {
        LocalDate date = from.toLocalDate();
        Optional<LocalTime> sameDay = days.has(date) ? timeAtOrAfter(from.toLocalTime()) : Optional.empty();
        return sameDay.map(date::atTime)
                .or(() -> days.atOrAfter(date.plusDays(1), last).map(day -> day.atTime(firstTime())));
    }

    private Optional<LocalTime> timeAtOrAfter(LocalTime from) {
        int hour = hours.atOrAfter(from.getHour());
        int minute = hour == from.getHour() ? minutes.atOrAfter(from.getMinute()) : minutes.first();
        boolean sameMinute = hour == from.getHour() && minute == from.getMinute();
        int second = sameMinute ? seconds.atOrAfter(from.getSecond()) : seconds.first();
        if (second == Values.NONE) {
            second = seconds.first();
            minute = minutes.atOrAfter(minute + 1);
        }
        if (minute == Values.NONE) {
            minute = minutes.first();
            second = seconds.first();
            hour = hours.atOrAfter(hour + 1);
        }
        return hour == Values.NONE ? Optional.empty() : Optional.of(LocalTime.of(hour, minute, second));
    }

    private LocalTime firstTime() {
        return LocalTime.of(hours.first(), minutes.first(), seconds.first());
    }
}
