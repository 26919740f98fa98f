package dev.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessCalendarTest {
    private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");
    private static final BusinessCalendar USUAL = BusinessCalendar.usual(INDIA);

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(INDIA).toInstant();
    }

    /** 2026-11-27 is a Friday. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-27T10:00, PT2H,  2026-11-27T12:00, within a day",
        "2026-11-27T10:00, PT8H,  2026-11-27T18:00, up to the close",
        "2026-11-27T17:00, PT2H,  2026-11-30T10:00, over a weekend",
        "2026-11-27T20:00, PT1H,  2026-11-30T10:00, asked after the close",
        "2026-11-28T12:00, PT24H, 2026-12-02T15:00, asked on a Saturday: 9 + 9 + 6 hours",
        "2026-11-27T06:00, PT0S,  2026-11-27T09:00, nothing to do, before the day begins",
    })
    void working_hours_are_counted_and_no_others(String from, Duration work, String until, String why) {
        assertThat(USUAL.plus(at(from), work)).as(why).isEqualTo(at(until));
    }

    @Test
    void nobody_works_on_a_holiday() {
        var calendar = new BusinessCalendar(
                INDIA, USUAL.days(), USUAL.opens(), USUAL.closes(), Set.of(LocalDate.of(2026, 11, 30)));

        assertThat(calendar.plus(at("2026-11-27T17:00"), Duration.ofHours(2))).isEqualTo(at("2026-12-01T10:00"));
    }

    @Test
    void a_calendar_without_working_time_is_refused() {
        assertThatThrownBy(
                        () -> new BusinessCalendar(INDIA, Set.of(), LocalTime.of(9, 0), LocalTime.of(18, 0), Set.of()))
                .hasMessageContaining("at least one working day");
        assertThatThrownBy(() ->
                        new BusinessCalendar(INDIA, USUAL.days(), LocalTime.of(18, 0), LocalTime.of(9, 0), Set.of()))
                .hasMessageContaining("end after they begin");
    }
}
