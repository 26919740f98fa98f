package dev.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

class PureActionsTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");

    /** A Saturday there, a Friday in Greenwich. */
    private static final Instant NOW = Instant.parse("2026-01-30T20:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "day 18 10:00, 2026-01-18T04:30:00Z",
        "day 31 00:05, 2026-01-30T18:35:00Z",
        "business day 1 09:00, 2026-01-01T03:30:00Z",
        "business day 3 16:00, 2026-01-05T10:30:00Z",
        "business day 22 09:00, 2026-01-30T03:30:00Z",
        "business day 23 09:00, ''",
        "business day 0 09:00, ''",
        "day 0 10:00, ''",
        "day 32 10:00, ''",
        "day 1 24:00, ''",
        "Day 1 10:00, ''",
        "tomorrow, ''",
    })
    void a_day_of_the_month_is_that_of_the_company_s_zone(String text, String expected) {
        Optional<Instant> until = PureActions.waitUntil(JSON.objectNode().put("until_day", text), NOW, INDIA);

        assertThat(until).isEqualTo(Optional.of(expected).filter(e -> !e.isEmpty()).map(Instant::parse));
    }

    @Test
    void a_day_that_the_month_does_not_have_is_its_last() {
        Instant february = Instant.parse("2026-02-10T00:00:00Z");

        assertThat(PureActions.waitUntil(JSON.objectNode().put("until_day", "day 31 10:00"), february, INDIA))
                .contains(Instant.parse("2026-02-28T04:30:00Z"));
    }

    @Test
    void lengths_and_instants_are_taken_as_they_are() {
        assertThat(PureActions.waitUntil(JSON.objectNode().put("for", "2d"), NOW, INDIA))
                .contains(NOW.plusSeconds(172_800));
        assertThat(PureActions.waitUntil(JSON.objectNode().put("until", "2026-03-01T00:00:00+05:30"), NOW, INDIA))
                .contains(Instant.parse("2026-02-28T18:30:00Z"));
        assertThat(PureActions.waitUntil(JSON.objectNode().put("until", "never"), NOW, INDIA))
                .isEmpty();
        assertThat(PureActions.waitUntil(JSON.objectNode(), NOW, INDIA)).isEmpty();
    }

    @Test
    void an_assertion_fails_by_its_code_and_wants_true_or_false() {
        assertThat(PureActions.assertion("a", JSON.booleanNode(true), "no", Optional.empty()))
                .isEmpty();
        assertThat(PureActions.assertion("a", JSON.booleanNode(false), "no", Optional.empty()))
                .contains(new PureActions.Result.Failed("assertion_failed", "no"));
        assertThat(PureActions.assertion("a", JSON.booleanNode(false), "no", Optional.of("too_old")))
                .contains(new PureActions.Result.Failed("too_old", "no"));
        assertThat(PureActions.assertion("a", JSON.stringNode("x"), "no", Optional.empty()))
                .contains(new PureActions.Result.Failed(
                        "type_mismatch", "Expected true or false from 'a' but got \"x\""));
    }
}
