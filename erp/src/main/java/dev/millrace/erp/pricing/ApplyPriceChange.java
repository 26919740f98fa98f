package dev.millrace.erp.pricing;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.PriceChange;
import dev.millrace.erp.PriceDecision;
import dev.millrace.erp.core.StepHerald;
import java.util.Optional;
import java.util.UUID;

/** Applies a change of price, or refuses it. One that is decided so already is found to be success. */
@Named(
        value = "erp.price_change.apply",
        module = "sales",
        description = "Applies (or refuses) a pending price change from its date on.",
        setsState = true,
        failures = {"not_found", "wrong_state"})
@Affects(entity = PriceChangeEvents.PRICE_CHANGE, id = "price_change_id")
public final class ApplyPriceChange implements LocalAction<ApplyPriceChange.Config, ApplyPriceChange.Output> {
    private final PriceChangeDesk desk;

    public ApplyPriceChange(PriceChangeDesk desk) {
        this.desk = desk;
    }

    /** What becomes of it. */
    public enum Decision {
        APPLY,
        REFUSE
    }

    public record Config(
            @Describe("A change of price that waits") UUID priceChangeId,
            @Describe("What becomes of it") Decision decision,

            @Describe(value = "Why", most = 500) Optional<String> reason) {}

    public record Output(
            @Describe("applied or refused") PriceChange.Status status,
            @Describe("false: it was decided so before") boolean changed) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        PriceChange.Status wanted = switch (config.decision()) {
            case APPLY -> PriceChange.Status.APPLIED;
            case REFUSE -> PriceChange.Status.REFUSED;
        };
        PriceDecision decision =
                desk.decide(tx, config.priceChangeId(), wanted, config.reason(), new StepHerald(context));
        return switch (decision) {
            case PriceDecision.Decided decided -> new Output(decided.change().status(), decided.changed());
            case PriceDecision.NotFound notFound ->
                throw ActionFailure.permanent(
                        "not_found",
                        "Expected a change of price of this company at price_change_id but got '" + notFound.id()
                                + "'");
            case PriceDecision.WrongState wrong ->
                throw ActionFailure.permanent(
                        "wrong_state",
                        "The change of the price of " + wrong.change().itemCode() + " is "
                                + PriceChangeRows.text(wrong.change().status()) + " already: request another one");
        };
    }
}
