package dev.millrace.language.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.ProblemCode;
import dev.millrace.language.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading schedules, and saying them in words. */
class ScheduleTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    static Schedule good(String line) {
        return switch (Schedule.parse(line)) {
            case Schedule.Parsed.Good read -> read.schedule();
            case Schedule.Parsed.Bad bad -> throw new AssertionError(line + ": " + bad.faults());
        };
    }

    private static List<Schedule.Fault> faults(String line) {
        return switch (Schedule.parse(line)) {
            case Schedule.Parsed.Good read -> throw new AssertionError("read: " + line);
            case Schedule.Parsed.Bad bad -> bad.faults();
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 9 15 * *           | at 09:00 on the 15th of every month
            */15 * * * *         | every 15 minutes
            30 18 * * MON-FRI    | at 18:30 on weekdays
            30 18 * * 1-5        | at 18:30 on weekdays
            0 9 L * *            | at 09:00 on the last day of the month
            0 9 15,L * *         | at 09:00 on the 15th and the last day of every month
            0 9 l 3,6,9,12 *     | at 09:00 on the last day of March, June, September and December
            0 9 * * *            | at 09:00 every day
            0 9,17 * * *         | at 09:00 and 17:00 every day
            0,30 9 * * *         | at 09:00 and 09:30 every day
            * * * * *            | every minute
            0 * * * *            | every hour
            5 * * * *            | every hour at minute 5
            5,35 * * * *         | at minutes 5 and 35 of every hour
            0,30 * * * *         | every 30 minutes
            */7 * * * *          | at minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56 of every hour
            0 */2 * * *          | every 2 hours
            10 */6 * * *         | every 6 hours at minute 10
            0 */5 * * *          | at 00:00, 05:00, 10:00, 15:00 and 20:00 every day
            0 9-17 * * MON-FRI   | every hour from 09:00 to 17:00 on weekdays
            */15 9-17 * * *      | every 15 minutes from 09:00 to 17:45
            */20 9,11,13 * * *   | every 20 minutes in the hours 9, 11 and 13
            5,35 9,11,13,15 * * *| at minutes 5 and 35 of hours 9, 11, 13 and 15
            5,35 9-17 * * *      | at minutes 5 and 35 of every hour from 09:05 to 17:35
            * 9 * * *            | every minute from 09:00 to 09:59
            0 9 * * 1            | at 09:00 on Mondays
            0 9 * * 0            | at 09:00 on Sundays
            0 9 * * 7            | at 09:00 on Sundays
            0 9 * * SAT-SUN      | at 09:00 on Saturdays and Sundays
            0 9 * * MON,WED-FRI  | at 09:00 on Mondays and Wednesdays to Fridays
            0 9 * JAN *          | at 09:00 every day in January
            */15 * * jan,feb *   | every 15 minutes every day in January and February
            0 9 * 1-3 MON        | at 09:00 on Mondays in January to March
            0 9 1,2,3,22,31 * *  | at 09:00 on the 1st to 3rd, 22nd and 31st of every month
            0 9 11,12,21,23 * *  | at 09:00 on the 11th, 12th, 21st and 23rd of every month
            0 9 15 * MON         | at 09:00 on the 15th of every month and on Mondays
            0 9 15 3 MON         | at 09:00 on the 15th of March and on Mondays in March
            30 0 9 * * *         | at 09:00:30 every day
            * * * * * *          | every second
            */10 * * * * *       | every 10 seconds
            30 * * * * *         | at second 30 of every minute
            */10 * 9 * * *       | every 10 seconds from 09:00 to 09:59
            */10 */15 * * * *    | every 10 seconds of minutes 0, 15, 30 and 45 of every hour
            5 0,1 8,9,11,20 * * *| at second 5 of minutes 0 and 1 of hours 8, 9, 11 and 20
            """)
    void a_schedule_is_said_in_words(String line, String words) {
        assertThat(good(line).words()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 9 L * *       | 2026-02-28T09:00:00Z
            0 9 15,L * *    | 2026-02-15T09:00:00Z
            0 9 30,L * *    | 2026-02-28T09:00:00Z
            0 9 * * 7       | 2026-02-01T09:00:00Z
            0 9 * * 5-7     | 2026-02-01T09:00:00Z
            0 9 * * FRI-SUN | 2026-02-01T09:00:00Z
            0 9 * * 7-7     | 2026-02-01T09:00:00Z
            0 9 * * 7-1/2   | 2026-02-01T09:00:00Z
            0 9 * * 1-7/6   | 2026-02-01T09:00:00Z
            0 9 * * 1-7/2   | 2026-02-01T09:00:00Z
            0 9 * * 2-7/2   | 2026-02-03T09:00:00Z
            0 9 13 * FRI    | 2026-02-06T09:00:00Z
            0 9 3 * 1-7     | 2026-02-01T09:00:00Z
            0 9 */5 * *     | 2026-02-01T09:00:00Z
            0 9 5/10 * *    | 2026-02-05T09:00:00Z
            0 9 29 2 *      | 2028-02-29T09:00:00Z
            0 9 31 * *      | 2026-03-31T09:00:00Z
            0 9 * dec *     | 2026-12-01T09:00:00Z
            05 09 * * *     | 2026-02-01T09:05:00Z
            59 59 23 * * *  | 2026-02-01T23:59:59Z
            */24 * * * *    | 2026-02-01T00:00:00Z
            """)
    void the_first_fire_of_february_2026_is_as_the_fields_say(String line, Instant first) {
        assertThat(good(line).preview(Instant.parse("2026-02-01T00:00:00Z"), UTC, 1))
                .extracting(Schedule.Fire::at)
                .containsExactly(first);
    }

    @Test
    void day_and_weekday_both_restricted_means_either() {
        assertThat(good("0 9 13 * FRI").preview(Instant.parse("2026-02-07T00:00:00Z"), UTC, 4))
                .extracting(fire -> fire.local().toLocalDate().toString())
                .containsExactly("2026-02-13", "2026-02-20", "2026-02-27", "2026-03-06");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            60 * * * *     | 0:2  | a minute from 0 to 59 but got '60'.
            * 24 * * *     | 2:2  | an hour from 0 to 23 but got '24'.
            * * 0 * *      | 4:1  | a day from 1 to 31, or L for the last of the month but got '0'.
            * * 32 * *     | 4:2  | a day from 1 to 31
            * * * 13 *     | 6:2  | a month from 1 to 12, or JAN to DEC but got '13'.
            * * * * 8      | 8:1  | a weekday from 0 to 7, or SUN to SAT but got '8'.
            60 * * * * *   | 0:2  | a second from 0 to 59 but got '60'.
            * * * 1,13 *   | 8:2  | a month from 1 to 12
            * * * 1-13 *   | 8:2  | a month from 1 to 12
            * * * * MONDAY | 8:6  | but got 'MONDAY'; write 'MON'.
            * * * jann *   | 6:4  | but got 'jann'; write 'JAN'.
            * * * * MUN    | 8:3  | but got 'MUN'.
            * * JAN * *    | 4:3  | a day from 1 to 31
            -5 * * * *     | 0:0  | a minute from 0 to 59 but got nothing.
            5- * * * *     | 2:0  | a minute from 0 to 59 but got nothing.
            1-2-3 * * * *  | 0:5  | a range of two of them but got '1-2-3'.
            5,,6 * * * *   | 0:4  | before and after each comma but got '5,,6'; remove the comma.
            , * * * *      | 0:1  | remove the comma.
            */ * * * *     | 2:0  | a step of 1 to 60 but got nothing.
            */90 * * * *   | 2:2  | since a step begins anew with each hour but got '90'.
            */5/5 * * * *  | 0:5  | one step, such as */15 but got '*/5/5'.
            */x * * * *    | 2:1  | a step of 1 to 60 but got 'x'.
            99999999999 * * * * | 0:11 | a minute from 0 to 59
            1.5 * * * *    | 0:3  | but got '1.5'.
            +1 * * * *     | 0:2  | but got '+1'.
            ٣ * * * *      | 0:1  | but got '٣'.
            * 22-6 * * *   | 2:4  | a range that goes up but got '22-6'; write '22-23,0-6'.
            * 22-0 * * *   | 2:4  | write '22-23,0'.
            * 23-1 * * *   | 2:4  | write '23,0-1'.
            * * * * FRI-MON | 8:7 | write '5-6,0-1'.
            * 22-6/2 * * * | 2:4  | a range that goes up but got '22-6'; write a list.
            * * ? * *      | 4:1  | but got '?', which other crons know; write '*'.
            * * * * FRI#2  | 8:5  | the nth weekday of a month cannot be said here
            * * * * 5L     | 8:2  | L stands among the days only
            * * * * L      | 8:1  | L stands among the days only
            * * L-3 * *    | 4:3  | days cannot be counted from the end of the month
            * * 15W * *    | 4:3  | the working day nearest to a day cannot be said here
            * * LW * *     | 4:2  | the working day nearest to a day cannot be said here
            * * L/2 * *    | 4:1  | days to step through before '/' but got 'L'
            * * 1-L * *    | 6:1  | a day from 1 to 31
            L * * * *      | 0:1  | a minute from 0 to 59 but got 'L'.
            * * * L *      | 6:1  | a month from 1 to 12
            @daily         | 0:6  | but got '@daily', which other crons know; write '0 0 * * *'.
            @every 5m      | 0:6  | but got '@every', which other crons know; write '*/15 * * * *' or the like.
            0 9 15         | 0:6  | five fields (minute hour day month weekday) or six with seconds first but got '0 9 15'.
            0 0 9 15 * * 2026 | 0:17 | leave the year out.
            0 9 1, 15 * * * | 0:15 | write lists without spaces: 1,15.
            """)
    void what_cannot_be_read_is_refused_at_its_place(String line, String place, String says) {
        assertThat(faults(line)).singleElement().satisfies(fault -> {
            assertThat(fault.code()).isEqualTo(ProblemCode.CRON_INVALID);
            assertThat(fault.offset() + ":" + fault.length()).isEqualTo(place);
            assertThat(fault.message("")).startsWith("Expected ").contains(says).endsWith(".");
            assertThat(fault.message("trigger.schedule")).contains(" at trigger.schedule but ");
        });
    }

    @Test
    void each_field_is_told_of() {
        assertThat(faults("60 24 * 13 MUN")).extracting(Schedule.Fault::offset).containsExactly(0, 3, 8, 11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "*", "hourly"})
    void a_text_without_fields_is_refused(String text) {
        assertThat(faults(text))
                .singleElement()
                .satisfies(fault -> assertThat(fault.length()).isEqualTo(text.length()));
    }

    @Test
    void a_very_long_text_is_refused_and_not_repeated() {
        assertThat(faults("1,".repeat(300) + "1 * * * *"))
                .singleElement()
                .satisfies(fault ->
                        assertThat(fault.message("")).hasSizeLessThan(200).contains("characters"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            */0 * * * *    | 2:1 | got 0, which never comes to the next value.
            0 0 1-9/0 * *  | 8:1 | got 0
            0 0 30 2 *     | 4:4 | got day '30' of month '2', which never comes.
            0 0 31 2,4,6 * | 4:8 | got day '31' of month '2,4,6'
            0 0 0 30,31 FEB * | 6:9 | got day '30,31' of month 'FEB'
            """)
    void what_never_fires_is_refused_as_that(String line, String place, String says) {
        assertThat(faults(line)).singleElement().satisfies(fault -> {
            assertThat(fault.code()).isEqualTo(ProblemCode.SCHEDULE_NEVER_FIRES);
            assertThat(fault.offset() + ":" + fault.length()).isEqualTo(place);
            assertThat(fault.message("")).contains(says);
        });
    }

    @Test
    void a_weekday_or_the_last_day_saves_a_day_that_no_month_has() {
        assertThat(good("0 0 30 2 MON").next(Instant.parse("2026-01-01T00:00:00Z"), UTC))
                .contains(Instant.parse("2026-02-02T00:00:00Z"));
        assertThat(good("0 0 30,L 2 *").next(Instant.parse("2026-01-01T00:00:00Z"), UTC))
                .contains(Instant.parse("2026-02-28T00:00:00Z"));
    }

    @Test
    void schedules_are_equal_when_they_are_written_alike() {
        assertThat(good("0 9 * * *")).isEqualTo(good("0 9 * * *")).hasSameHashCodeAs(good("0 9 * * *"));
        assertThat(good("0 9 * * *")).isNotEqualTo(good("0 9 * * 0-6"));
        assertThat(good("0 9 * * *")).hasToString("0 9 * * *");
    }
}
