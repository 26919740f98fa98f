package dev.millrace.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a schedule would fire, asked over HTTP; and what is said of one that is saved. */
class SchedulePreviewTest {
    private static final String PATH = "/workflows/schedules/preview";

    private final Api auditor = Api.as(Flow.AUDITOR);

    @Test
    void fires_come_in_utc_and_in_local_time_on_the_night_without_half_past_two() {
        Answer answer = auditor.post(PATH, """
                        {"schedule": "30 2 * * *", "timezone": "Europe/Paris", "from": "2026-03-28T00:00:00Z", "count": 2}""").expect(200);

        assertThat(answer.text())
                .isEqualTo("{\"words\":\"at 02:30 every day\",\"fires\":["
                        + "{\"at\":\"2026-03-28T01:30:00.000000Z\",\"local\":\"2026-03-28T02:30:00+01:00\"},"
                        + "{\"at\":\"2026-03-29T01:00:00.000000Z\",\"local\":\"2026-03-29T03:00:00+02:00\"}]}");
    }

    @Test
    void a_quarter_of_an_hour_stays_one_on_the_night_that_has_an_hour_twice() {
        Answer answer = auditor.post(PATH, """
                        {"schedule": "*/15 * * * *", "timezone": "Europe/Paris", "from": "2026-10-24T22:00:00Z", "count": 100}""").expect(200);

        List<Instant> fires = new ArrayList<>();
        answer.body()
                .path("fires")
                .forEach(fire -> fires.add(Instant.parse(fire.path("at").asString())));
        assertThat(fires).hasSize(100);
        assertThat(fires.getLast()).isEqualTo(fires.getFirst().plus(Duration.ofMinutes(99 * 15)));
        assertThat(answer.at("/fires/99/local")).isEqualTo("2026-10-25T23:45:00+01:00");
    }

    @Test
    void without_zone_start_and_count_it_is_the_companys_now_and_five() {
        Instant before = Instant.parse(auditor.post(PATH, "{\"schedule\": \"* * * * * *\", \"count\": 1}")
                .expect(200)
                .at("/fires/0/at"));

        Answer answer = auditor.post(PATH, "{\"schedule\": \"0 9 15 * *\"}").expect(200);

        assertThat(answer.body().path("fires")).hasSize(5);
        assertThat(answer.at("/fires/0/local")).endsWith("-15T09:00:00+05:30");
        assertThat(Instant.parse(answer.at("/fires/0/at"))).isBetween(before, before.plus(Duration.ofDays(32)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"schedule": "75 9 * * *"}                            | cron_invalid         | schedule | Expected a minute from 0 to 59 at schedule but got '75'.
            {"schedule": "@daily"}                                | cron_invalid         | schedule | write '0 0 * * *'
            {"schedule": ""}                                      | cron_invalid         | schedule | five fields
            {"schedule": "0 0 30 2 *"}                            | schedule_never_fires | schedule | which never comes
            {"schedule": "*/0 * * * *"}                           | schedule_never_fires | schedule | got 0
            {"schedule": "0 9 * * *", "timezone": "Asia/Kolkatta"}| time_zone_unknown    | timezone | 'Asia/Kolkatta'
            {"schedule": "0 9 * * *", "count": 0}                 | out_of_range         | count    | 1
            {"schedule": "0 9 * * *", "count": 101}               | out_of_range         | count    | 100
            {"schedule": "0 9 * * *", "from": "tomorrow"}         | type_mismatch        | from     | tomorrow
            {"timezone": "UTC"}                                   | required             | schedule | schedule
            {"schedule": "0 9 * * *", "zone": "UTC"}              | unknown_field        | zone     | zone
            """)
    void what_is_wrong_is_refused_at_its_field(String json, String code, String path, String says) {
        Answer refused = auditor.post(PATH, json).expectProblem(422, code);

        assertThat(refused.at("/errors/0/path")).isEqualTo(path);
        assertThat(refused.at("/errors/0/message")).contains(says);
    }

    @Test
    void a_faulty_field_has_its_place_and_several_are_told_at_once() {
        Answer refused = auditor.post(PATH, "{\"schedule\": \"0 25 ? * *\", \"timezone\": \"Mars/Olympus\"}")
                .expectProblem(422, "invalid_input");

        assertThat(refused.body().path("errors")).hasSize(3);
        assertThat(refused.body().at("/errors/0/column").asInt()).isEqualTo(3);
        assertThat(refused.body().at("/errors/0/end_column").asInt()).isEqualTo(5);
        assertThat(refused.at("/errors/1/suggestion")).isEqualTo("*");
    }

    @Test
    void a_draft_with_a_schedule_is_saved_with_a_warning_and_cannot_be_switched_on_yet() {
        Api admin = Api.as(Flow.ADMIN);
        String yaml = Flow.manual(Flow.newName()).replace("{ manual: true }", "{ schedule: \"0 9 15 * *\" }");

        Answer checked = admin.postYaml("/workflows/validate", yaml).expect(200);
        Answer saved = admin.postYaml("/workflows", yaml).expect(201);

        assertThat(checked.body().path("valid").asBoolean()).isTrue();
        assertThat(checked.at("/warnings/0/code")).isEqualTo("not_supported_yet");
        assertThat(checked.at("/warnings/0/path")).isEqualTo("trigger.schedule");
        assertThat(saved.at("/status")).isEqualTo("draft");
        assertThat(saved.at("/warnings/0/code")).isEqualTo("not_supported_yet");
        admin.post("/workflows", Flow.json(yaml + "# again", ", \"enabled\": true"))
                .expectProblem(422, "not_supported_yet");
    }
}
