package dev.millrace.language.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Durations;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "0s,PT0S",
        "30s,PT30S",
        "5m,PT5M",
        "24h,PT24H",
        "2d,PT48H",
        "P2D,PT48H",
        "PT1H30M,PT1H30M",
        "PT0.5S,PT0.5S",
        "P1DT2H,PT26H",
        "3660d,PT87840H"
    })
    void every_form_is_read(String text, Duration expected) {
        assertThat(Durations.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "30",
                "s",
                "30 s",
                "-5m",
                "1.5h",
                "5M",
                "1h30m",
                "P",
                "PT",
                "P1DT",
                "P1M",
                "P1Y",
                "PT-5M",
                "3661d",
                "999999999d",
                "9999999999s",
                "PT1S ",
                "٣s"
            })
    void anything_else_is_no_duration(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }
}
