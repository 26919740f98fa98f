package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    private static final Instant START = Instant.parse("2026-11-24T04:52:55Z");

    private final AtomicLong elapsed = new AtomicLong();
    private final DatabaseClock clock = new DatabaseClock(START, elapsed::get);

    private void passes(Duration time) {
        elapsed.addAndGet(time.toNanos());
    }

    @Test
    void it_goes_on_with_elapsed_time_and_forward_with_every_answer_that_knows_better() {
        passes(Duration.ofSeconds(2));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(2));

        clock.observe(START.plusSeconds(10));
        passes(Duration.ofSeconds(1));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(11));
    }

    @Test
    void an_answer_that_took_its_time_sets_nothing_back() {
        passes(Duration.ofSeconds(40));

        clock.observe(START.plusSeconds(1));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(40));
    }

    @Test
    void whoever_counted_time_wrongly_is_set_right_by_what_the_database_decides() {
        passes(Duration.ofMinutes(10));
        clock.correct(START.plusSeconds(1));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(1));

        passes(Duration.ofMinutes(-10));
        clock.observe(START.plusSeconds(2));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(2));
    }
}
