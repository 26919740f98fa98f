package dev.millrace.erp.ledger;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.Closing;
import dev.millrace.erp.core.StepHerald;
import java.util.Optional;

/** Closes an accounting period. */
@Named(
        value = "erp.period.close",
        module = "finance",
        description = "Closes an accounting period: no posting into it any more.",
        setsState = true,
        failures = {"period_invalid", "period_already_closed", "unposted_documents", "previous_period_open"})
public final class ClosePeriod implements LocalAction<ClosePeriod.Config, ClosePeriod.Output> {
    private final PeriodStates states;

    public ClosePeriod(PeriodStates states) {
        this.states = states;
    }

    public record Config(
            @Describe("A month, such as 2026-11") String period,

            @Describe(value = "true: only Accounts may still post", byDefault = "false")
            Optional<Boolean> soft) {}

    public record Output(
            @Describe("The month") String period,

            @Describe("Documents of the month that are still to be posted; 0 unless it is closed softly")
            int unpostedDocuments,

            @Describe("false: it was closed before") boolean changed) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        Closing closing = states.close(tx, config.period(), config.soft().orElse(false), new StepHerald(context));
        return switch (closing) {
            case Closing.Done done -> new Output(done.period().period(), done.unpostedDocuments(), done.changed());
            case Closing.Invalid invalid ->
                throw ActionFailure.permanent(
                        "period_invalid",
                        "Expected a month such as 2026-11 at period but got '" + invalid.period() + "'");
            case Closing.AlreadyClosed closed ->
                throw ActionFailure.permanent(
                        "period_already_closed", closed.period().period() + " is closed for everybody already");
            case Closing.PreviousOpen open ->
                throw ActionFailure.permanent(
                        "previous_period_open",
                        open.previous().period() + " is not closed yet: close the months one after the other");
            case Closing.NextClosed next ->
                throw new IllegalStateException("closing was refused for a later month: " + next);
            case Closing.Unposted unposted ->
                throw ActionFailure.permanent(
                        "unposted_documents",
                        unposted.documents() + " documents of " + unposted.period()
                                + " are not posted: post, cancel or move them first");
        };
    }
}
