package dev.millrace.erp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.erp.core.MailTimes.When;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailTimesTest {
    private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");
    /** 10:00 in India. */
    private static final Instant NOW = Instant.parse("2026-01-05T04:30:00Z");

    private static final Instant NEXT_MORNING = Instant.parse("2026-01-06T02:30:00Z");

    @Test
    void twenty_mails_a_day_go_out_at_once_and_the_next_waits_until_the_morning() {
        assertThat(MailTimes.of(19, NOW, INDIA, Optional.empty())).isEqualTo(new When(NOW, false));
        assertThat(MailTimes.of(20, NOW, INDIA, Optional.empty())).isEqualTo(new When(NEXT_MORNING, true));
    }

    @Test
    void before_the_morning_s_digest_it_is_today_s() {
        Instant early = Instant.parse("2026-01-05T02:29:59Z");

        assertThat(MailTimes.of(20, early, INDIA, Optional.empty()).at()).isEqualTo("2026-01-05T02:30:00Z");
        assertThat(MailTimes.of(20, early.plusSeconds(1), INDIA, Optional.empty()).at())
                .isEqualTo("2026-01-06T02:30:00Z");
    }

    @Test
    void nothing_waits_beyond_two_hours_before_its_deadline() {
        assertThat(MailTimes.of(99, NOW, INDIA, Optional.of(NOW.plus(Duration.ofHours(2)))))
                .isEqualTo(new When(NOW, false));
        assertThat(MailTimes.of(99, NOW, INDIA, Optional.of(NOW.plus(Duration.ofHours(3)))))
                .isEqualTo(new When(NOW.plus(Duration.ofHours(1)), true));
        assertThat(MailTimes.of(99, NOW, INDIA, Optional.of(NOW.plus(Duration.ofDays(3)))))
                .isEqualTo(new When(NEXT_MORNING, true));
    }

    @Test
    void the_day_is_that_of_the_company() {
        assertThat(MailTimes.dayBegan(Instant.parse("2026-01-05T20:00:00Z"), INDIA)).isEqualTo("2026-01-05T18:30:00Z");
    }
}
