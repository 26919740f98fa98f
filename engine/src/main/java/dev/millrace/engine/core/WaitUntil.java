package dev.millrace.engine.core;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.Named;
import dev.millrace.engine.action.WaitContext;
import dev.millrace.engine.action.WaitingAction;
import dev.millrace.language.PureActions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Waits for a duration or until an instant; holds no thread. */
@Named(
        value = "core.wait",
        module = "core",
        description = "Waits for a duration or until an instant; holds no thread.",
        failures = "until_invalid")
final class WaitUntil implements WaitingAction<WaitUntil.Config, WaitUntil.Output> {
    record Config(
            @JsonProperty("for") @Describe(value = "How long", oneOf = "when")
            Optional<Duration> duration,

            @Describe(value = "Until when; one in the past passes at once", oneOf = "when")
            Optional<Instant> until,

            @Describe(
                    value = "\"day 18 10:00\" of this month in the company's time zone, or \"business day 3 09:00\"",
                    oneOf = "when")
            Optional<String> untilDay) {}

    record Output(@Describe("When the wait was over") Instant resumedAt) {}

    @Override
    public Wait<Output> begin(Tx tx, WaitContext context, Config config) {
        Instant until = config.duration()
                .map(tx.now()::plus)
                .or(config::until)
                .or(() -> day(config.untilDay().orElse(""), tx.now(), context))
                .orElseThrow(
                        () -> ActionFailure.permanent(
                                "until_invalid",
                                "Expected until_day as \"day 18 10:00\" or \"business day 3 09:00\", a day that the month has"));
        return until.isAfter(tx.now())
                ? new Wait.Until<>(until, new Output(until))
                : new Wait.Over<>(new Output(tx.now()));
    }

    private static Optional<Instant> day(String text, Instant now, WaitContext context) {
        ObjectNode config = Json.object().put("until_day", text);
        return PureActions.waitUntil(config, now, context.tenant().timeZone());
    }
}
