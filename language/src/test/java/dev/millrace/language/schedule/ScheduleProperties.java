package dev.millrace.language.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Schedule;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.springframework.scheduling.support.CronExpression;

/** Schedules compared with Spring's cron, with a plain count of local times, and with themselves. */
class ScheduleProperties {
    private static final Instant YEAR_2000 = Instant.parse("2000-01-01T00:00:00Z");
    private static final long YEARS_80 = Duration.ofDays(80 * 365).toSeconds();

    private static final List<String> ZONES = List.of(
            "Africa/Cairo",
            "Africa/Casablanca",
            "Africa/Johannesburg",
            "Africa/Lagos",
            "America/Anchorage",
            "America/Argentina/Buenos_Aires",
            "America/Asuncion",
            "America/Caracas",
            "America/Chicago",
            "America/Havana",
            "America/New_York",
            "America/Nuuk",
            "America/Santiago",
            "America/Sao_Paulo",
            "America/St_Johns",
            "Antarctica/Casey",
            "Antarctica/Troll",
            "Asia/Amman",
            "Asia/Beirut",
            "Asia/Gaza",
            "Asia/Jerusalem",
            "Asia/Kathmandu",
            "Asia/Kolkata",
            "Asia/Pyongyang",
            "Asia/Tehran",
            "Asia/Tokyo",
            "Asia/Ulaanbaatar",
            "Atlantic/Azores",
            "Australia/Adelaide",
            "Australia/Lord_Howe",
            "Australia/Sydney",
            "Europe/Dublin",
            "Europe/Istanbul",
            "Europe/London",
            "Europe/Moscow",
            "Europe/Paris",
            "Europe/Volgograd",
            "Pacific/Apia",
            "Pacific/Chatham",
            "Pacific/Fiji",
            "Pacific/Norfolk",
            "UTC");

    /**
     * Lines that both read alike. Not among them, since Spring means something else: day and weekday both restricted
     * (Spring wants both), steps through the week (Spring's begins on Monday), {@code ?}, {@code #}, {@code W}.
     */
    @Provide
    Arbitrary<String> ordinaryLines() {
        Arbitrary<String> days = field(Unit.DAY, "L", "15,L");
        Arbitrary<String> daysAndWeekdays = Arbitraries.oneOf(
                days.map(day -> day + " %s *"),
                field(Unit.WEEKDAY, "MON-FRI", "sat,sun", "7").map(w -> "* %s " + w));
        return Combinators.combine(
                        field(Unit.SECOND, "0", "*/15"),
                        field(Unit.MINUTE, "0", "*/5"),
                        field(Unit.HOUR, "9", "*/6"),
                        daysAndWeekdays,
                        field(Unit.MONTH, "JAN", "mar,jun-sep", "2"))
                .as((second, minute, hour, rest, month) ->
                        second + " " + minute + " " + hour + " " + rest.formatted(month));
    }

    private static Arbitrary<String> field(Unit unit, String... usual) {
        Arbitrary<Integer> value = Arbitraries.integers().between(unit.first(), unit.last());
        Arbitrary<String> range = Combinators.combine(value, value).as((a, b) -> Math.min(a, b) + "-" + Math.max(a, b));
        Arbitrary<Integer> step = Arbitraries.integers().between(1, unit.last());
        Arbitrary<String> stepped = unit == Unit.WEEKDAY
                ? range
                : Combinators.combine(Arbitraries.oneOf(Arbitraries.just("*"), range, value.map(String::valueOf)), step)
                        .as((base, by) -> base + "/" + by);
        Arbitrary<String> item = Arbitraries.oneOf(value.map(String::valueOf), range, stepped);
        Arbitrary<String> list = item.list().ofMinSize(2).ofMaxSize(4).map(items -> String.join(",", items));
        return Arbitraries.oneOf(Arbitraries.just("*"), Arbitraries.of(usual), item, list);
    }

    @Property(tries = 4000)
    void ordinary_lines_fire_when_springs_do(@ForAll("ordinaryLines") String line, @ForAll("instants") Instant start) {
        Optional<Schedule> schedule = read(line);
        CronExpression spring = CronExpression.parse(line);
        if (schedule.isEmpty()) {
            assertThat(spring.next(start.atZone(ZoneOffset.UTC))).isNull();
            return;
        }
        ZonedDateTime theirs = start.atZone(ZoneOffset.UTC);
        Instant ours = start;
        for (int i = 0; i < 8; i++) {
            theirs = spring.next(theirs);
            Optional<Instant> next = schedule.get().next(ours, ZoneOffset.UTC);
            assertThat(next).as(line).isEqualTo(Optional.ofNullable(theirs).map(ZonedDateTime::toInstant));
            if (theirs == null || next.isEmpty()) {
                return;
            }
            ours = next.get();
        }
    }

    /** Empty: it never fires. */
    private static Optional<Schedule> read(String line) {
        return switch (Schedule.parse(line)) {
            case Schedule.Parsed.Good good -> Optional.of(good.schedule());
            case Schedule.Parsed.Bad bad -> {
                assertThat(bad.faults())
                        .as(line)
                        .allSatisfy(fault -> assertThat(fault.code().code()).isEqualTo("schedule_never_fires"));
                yield Optional.empty();
            }
        };
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs().between(0, YEARS_80).map(YEAR_2000::plusSeconds);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZONES).map(ZoneId::of);
    }

    /** Starts near a change of the clocks where the zone has one. */
    @Property(tries = 3000)
    void each_fire_is_later_than_the_one_before_and_none_lies_between(
            @ForAll("ordinaryLines") String line, @ForAll("zones") ZoneId zone, @ForAll("instants") Instant somewhere) {
        Optional<Schedule> schedule = read(line);
        Instant start = nearChange(zone, somewhere);
        Optional<Instant> fire = schedule.flatMap(s -> s.next(start, zone));
        Instant before = start;
        for (int i = 0; i < 12 && fire.isPresent(); i++) {
            assertThat(fire.get()).as(line).isAfter(before);
            Instant between =
                    before.plusSeconds(Duration.between(before, fire.get()).toSeconds() / 2);
            assertThat(schedule.orElseThrow().next(between, zone)).as(line).isEqualTo(fire);
            before = fire.get();
            fire = schedule.orElseThrow().next(before, zone);
        }
    }

    private static Instant nearChange(ZoneId zone, Instant somewhere) {
        ZoneOffsetTransition change = zone.getRules().nextTransition(somewhere);
        return change == null ? somewhere : change.getInstant().minusSeconds(somewhere.getEpochSecond() % 20_000);
    }

    /** Schedules that follow real time, against a walk through every minute. */
    @Property(tries = 400)
    void with_a_star_in_the_hour_a_fire_is_every_minute_whose_local_time_fits(
            @ForAll("zones") ZoneId zone, @ForAll("instants") Instant somewhere) {
        Schedule schedule = ScheduleTest.good("7,22-24,*/20 * * * *");
        Instant start = nearChange(zone, somewhere).truncatedTo(ChronoUnit.MINUTES);
        var expected = new ArrayList<Instant>();
        for (Instant at = start; expected.size() < 60; at = at.plusSeconds(60)) {
            int minute = at.atZone(zone).getMinute();
            if (minute == 7 || (minute >= 22 && minute <= 24) || minute % 20 == 0) {
                expected.add(at);
            }
        }

        assertThat(schedule.preview(start, zone, 60))
                .extracting(Schedule.Fire::at)
                .isEqualTo(expected);
    }

    /** Fixed hours: over ten years each local time has its one instant, in 42 zones. */
    @Example
    void each_local_time_of_fixed_hours_fires_once_over_ten_years() {
        List<String> lines = List.of("30 2 * * *", "0 0 * * *", "15 1,3 * * *", "45 23 * * MON", "30 0-3 1,L * *");
        for (String line : lines) {
            for (String zone : ZONES) {
                eachOnce(line, ZoneId.of(zone), LocalDate.of(2007, 1, 1));
                eachOnce(line, ZoneId.of(zone), LocalDate.of(2020, 1, 1));
            }
        }
    }

    private static void eachOnce(String line, ZoneId zone, LocalDate from) {
        LocalDate to = from.plusYears(10);
        var expected = new TreeSet<Instant>();
        from.datesUntil(to).flatMap(day -> slots(line, day)).forEach(slot -> expected.add(instantOf(slot, zone)));
        Schedule schedule = ScheduleTest.good(line);
        Instant end = to.atStartOfDay(zone).toInstant();
        var fires = new ArrayList<Instant>();
        Optional<Instant> next =
                schedule.next(from.atStartOfDay(zone).toInstant().minusSeconds(1), zone);
        while (next.isPresent() && next.get().isBefore(end)) {
            fires.add(next.get());
            next = schedule.next(next.get(), zone);
        }
        assertThat(fires).as(line + " in " + zone).containsExactlyElementsOf(expected);
    }

    private static Stream<LocalDateTime> slots(String line, LocalDate day) {
        List<String> fields = List.of(line.split(" ", -1));
        boolean dayFits =
                fields.get(2).equals("*") || day.getDayOfMonth() == 1 || day.getDayOfMonth() == day.lengthOfMonth();
        boolean weekdayFits = fields.get(4).equals("*") || day.getDayOfWeek() == DayOfWeek.MONDAY;
        int minute = Integer.parseInt(fields.get(0));
        List<Integer> hours = switch (fields.get(1)) {
            case "1,3" -> List.of(1, 3);
            case "0-3" -> List.of(0, 1, 2, 3);
            default -> List.of(Integer.parseInt(fields.get(1)));
        };
        return dayFits && weekdayFits
                ? hours.stream().map(hour -> day.atTime(LocalTime.of(hour, minute)))
                : Stream.empty();
    }

    /** The first occurrence; what does not exist is at the first instant after the gap. */
    private static Instant instantOf(LocalDateTime slot, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(slot);
        return change != null && change.isGap()
                ? change.getInstant()
                : slot.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    @Property(tries = 2000)
    void reading_any_text_never_throws_and_places_stay_inside_it(@ForAll("texts") String text) {
        switch (Schedule.parse(text)) {
            case Schedule.Parsed.Good good -> {
                assertThat(good.schedule().source()).isEqualTo(text);
                assertThat(good.schedule().words()).isNotBlank();
            }
            case Schedule.Parsed.Bad bad ->
                assertThat(bad.faults()).isNotEmpty().allSatisfy(fault -> {
                    assertThat(fault.offset()).isBetween(0, text.length());
                    assertThat(fault.offset() + fault.length()).isBetween(0, text.length());
                    assertThat(fault.message("trigger.schedule"))
                            .startsWith("Expected ")
                            .endsWith(".");
                });
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> almost = Arbitraries.of(
                        "0", "9", "15", "59", "60", "*", "/", ",", "-", " ", " ", " ", "L", "MON", "jan", "?", "#", "W",
                        "@", "5", "٣", "\t", "é", "7")
                .list()
                .ofMaxSize(16)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(almost, Arbitraries.strings().ofMaxLength(30));
    }
}
