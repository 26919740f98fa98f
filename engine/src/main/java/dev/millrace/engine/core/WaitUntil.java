package dev.millrace.engine.core;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.Named;
import dev.millrace.engine.action.WaitContext;
import dev.millrace.engine.action.WaitingAction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Waits for a duration or until an instant; holds no thread. */
@Named(value = "core.wait", module = "core", description = "Waits for a duration or until an instant; holds no thread.")
final class WaitUntil implements WaitingAction<WaitUntil.Config, WaitUntil.Output> {
    record Config(
            @JsonProperty("for") @Describe(value = "How long", oneOf = "when")
            Optional<Duration> duration,

            @Describe(value = "Until when; one in the past passes at once", oneOf = "when")
            Optional<Instant> until) {}

    record Output(@Describe("When the wait was over") Instant resumedAt) {}

    @Override
    public Wait<Output> begin(Tx tx, WaitContext context, Config config) {
        Instant until = config.duration().map(tx.now()::plus).or(config::until).orElseThrow();
        return until.isAfter(tx.now())
                ? new Wait.Until<>(until, new Output(until))
                : new Wait.Over<>(new Output(tx.now()));
    }
}
