package dev.millrace.engine;

import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

@Named(value = "trial.pay", module = "trial", description = "Pays an order.")
@Affects(entity = "order", id = "order_id", amountOf = "config.amount")
final class TrialPay implements LocalAction<TrialPay.Config, TrialPay.Output> {
    record Config(
            @Describe("The order") UUID orderId,
            @Describe("How much") BigDecimal amount,

            @Describe("In what; the company's own when absent")
            Optional<String> currency) {}

    record Output(@Describe("What was paid") BigDecimal paid) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        TrialActions.effect(tx, context, "paid " + config.amount().toPlainString());
        return new Output(config.amount());
    }
}
