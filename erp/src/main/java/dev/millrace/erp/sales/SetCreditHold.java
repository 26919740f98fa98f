package dev.millrace.erp.sales;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.Customer;
import java.util.Optional;
import java.util.UUID;

/** Sets or lifts a credit hold. One that is so already is found to be success. */
@Named(
        value = "erp.customer.set_credit_hold",
        module = "sales",
        description = "Sets or lifts a credit hold.",
        setsState = true,
        failures = "not_found")
@Affects(entity = CustomerEvents.CUSTOMER, id = "customer_id")
public final class SetCreditHold implements LocalAction<SetCreditHold.Config, SetCreditHold.Output> {
    private final CustomerRows rows = new CustomerRows();

    public record Config(
            @Describe("A customer") UUID customerId,
            @Describe("false: the hold is lifted") boolean hold,

            @Describe(value = "Why", most = 500) Optional<String> reason) {}

    public record Output(
            @Describe("Whether the customer is on hold") boolean hold,
            @Describe("false: it was so before") boolean changed) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        boolean changed = rows.setHold(tx, config.customerId(), config.hold(), config.reason());
        if (changed) {
            context.journal(
                    tx,
                    config.hold() ? "customer.credit_held" : "customer.credit_released",
                    CustomerEvents.CUSTOMER,
                    config.customerId(),
                    Optional.of(words(!config.hold())),
                    Optional.of(words(config.hold())),
                    config.reason().orElse(""));
            return new Output(config.hold(), true);
        }
        Customer customer = rows.byId(tx, config.customerId())
                .orElseThrow(() -> ActionFailure.permanent(
                        "not_found",
                        "Expected a customer of this company at customer_id but got '" + config.customerId() + "'"));
        return new Output(customer.creditHold(), false);
    }

    private static String words(boolean hold) {
        return hold ? "on hold" : "not on hold";
    }
}
