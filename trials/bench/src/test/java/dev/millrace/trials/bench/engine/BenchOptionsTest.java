package dev.millrace.trials.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {
    @Test
    void five_rounds_unless_it_is_quick_or_said_otherwise() {
        assertThat(BenchOptions.parse(List.of()).rounds()).isEqualTo(5);
        assertThat(BenchOptions.parse(List.of("--quick")).rounds()).isEqualTo(1);
        assertThat(BenchOptions.parse(List.of("--quick", "--rounds", "3")).rounds())
                .isEqualTo(3);
    }

    @Test
    void it_runs_what_is_asked_for() {
        var options = BenchOptions.parse(List.of("--only", "w1,transition", "--json", "figures.json"));

        assertThat(options.wants("w1")).isTrue();
        assertThat(options.wants("w2")).isFalse();
        assertThat(options.json()).contains(Path.of("figures.json"));
    }

    @Test
    void wrong_usage_says_what_is_wrong() {
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--fast"))).hasMessageContaining("--fast");
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--json"))).hasMessageContaining("behind --json");
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--rounds", "0"))).hasMessageContaining("1 to 99");
    }
}
