package dev.millrace.language.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Schedule;
import dev.millrace.language.Schedule.Fire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Schedules on the days when clocks jump. */
class ScheduleZonesTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    record Row(String line, ZoneId zone, Instant from, List<String> fires) {}

    @ParameterizedTest
    @MethodSource("rows")
    void the_fires_are_those_of_the_table(Row row) {
        Schedule schedule = ScheduleTest.good(row.line());

        List<Fire> fires = schedule.preview(row.from(), row.zone(), row.fires().size());

        assertThat(fires).extracting(ScheduleZonesTest::shown).isEqualTo(row.fires());
    }

    @Test
    void C1_half_past_two_fires_once_at_three_when_the_hour_is_left_out() {
        List<Fire> fires = onDay("30 2 * * *", LocalDate.of(2026, 3, 29));

        assertThat(fires).extracting(ScheduleZonesTest::shown).containsExactly("2026-03-29T03:00+02:00");
    }

    @Test
    void C2_half_past_two_fires_once_the_first_time_when_the_hour_comes_twice() {
        List<Fire> fires = onDay("30 2 * * *", LocalDate.of(2026, 10, 25));

        assertThat(fires).extracting(ScheduleZonesTest::shown).containsExactly("2026-10-25T02:30+02:00");
    }

    @Test
    void C2_every_quarter_of_an_hour_stays_every_real_quarter_over_the_long_night() {
        List<Fire> fires = onDay("*/15 * * * *", LocalDate.of(2026, 10, 25));

        assertThat(fires).hasSize(100);
        Instant first = fires.getFirst().at();
        for (int i = 0; i < fires.size(); i++) {
            assertThat(fires.get(i).at()).isEqualTo(first.plus(Duration.ofMinutes(15L * i)));
        }
    }

    @Test
    void every_quarter_of_an_hour_fires_92_times_on_the_short_day() {
        assertThat(onDay("*/15 * * * *", LocalDate.of(2026, 3, 29))).hasSize(92);
    }

    @Test
    void an_instant_between_two_seconds_is_followed_by_the_next_whole_one() {
        Schedule everySecond = ScheduleTest.good("* * * * * *");
        Instant between = Instant.parse("2026-01-01T00:00:00.000001Z");

        assertThat(everySecond.next(between, PARIS)).contains(Instant.parse("2026-01-01T00:00:01Z"));
        assertThat(everySecond.preview(between, PARIS, 1).getFirst().at())
                .isEqualTo(Instant.parse("2026-01-01T00:00:01Z"));
    }

    @Test
    void next_is_later_than_the_instant_and_a_preview_may_begin_at_it() {
        Schedule daily = ScheduleTest.good("0 9 * * *");
        Instant nine = Instant.parse("2026-01-01T08:00:00Z");

        assertThat(daily.next(nine, PARIS)).contains(Instant.parse("2026-01-02T08:00:00Z"));
        assertThat(daily.preview(nine, PARIS, 1)).extracting(Fire::at).containsExactly(nine);
        assertThat(daily.preview(nine, PARIS, 0)).isEmpty();
    }

    @Test
    void nothing_fires_beyond_the_years_of_people_and_no_instant_is_too_far() {
        Schedule daily = ScheduleTest.good("0 9 * * *");

        assertThat(daily.next(Instant.MAX, PARIS)).isEqualTo(Optional.empty());
        assertThat(daily.preview(Instant.MAX, PARIS, 5)).isEmpty();
        assertThat(daily.next(Instant.MIN, ZoneId.of("UTC"))).contains(Instant.parse("0001-01-02T09:00:00Z"));
        assertThat(daily.preview(Instant.parse("9999-12-29T00:00:00Z"), ZoneId.of("UTC"), 5))
                .hasSize(1);
    }

    private static List<Fire> onDay(String line, LocalDate day) {
        return ScheduleTest.good(line).preview(day.atStartOfDay(PARIS).toInstant(), PARIS, 200).stream()
                .filter(fire -> fire.local().toLocalDate().equals(day))
                .toList();
    }

    private static String shown(Fire fire) {
        assertThat(fire.local().toInstant()).isEqualTo(fire.at());
        String text = fire.local().toOffsetDateTime().toString();
        return text.endsWith("Z") ? text.replace("Z", "+00:00") : text;
    }

    static Stream<Row> rows() {
        return table().lines().filter(line -> !line.startsWith("#")).map(ScheduleZonesTest::row);
    }

    private static String table() {
        try (InputStream in = ScheduleZonesTest.class.getResourceAsStream("/schedule-zones.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        List<String> cells = List.of(line.split(" \\| ", -1));
        return new Row(
                cells.get(0),
                ZoneId.of(cells.get(1)),
                OffsetDateTime.parse(cells.get(2)).toInstant(),
                List.of(cells.get(3).split(" ", -1)));
    }
}
