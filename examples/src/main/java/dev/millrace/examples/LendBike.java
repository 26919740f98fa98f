package dev.millrace.examples;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import java.util.UUID;

/** Lends a bike while another one is mended: everything that there is to write for a new action, but for its test. */
@Named(
        value = "workshop.lend_bike",
        module = "workshop",
        description = "Lends a bike that is in the shop.",
        failures = LendBike.AWAY)
final class LendBike implements LocalAction<LendBike.Config, LendBike.Output> {
    static final String AWAY = "bike_away";

    record Config(
            @Describe(value = "The number on its frame", least = 1, most = 20)
            String bike) {}

    record Output(
            @Describe("False: it was lent to the same customer before")
            boolean changed) {}

    private static final String LEND = """
            insert into lent_bike (tenant_id, bike, execution_id) values (?, ?, ?) on conflict (tenant_id, bike) do nothing
            """;

    private static final String LENT_TO = "select execution_id from lent_bike where tenant_id = ? and bike = ?";

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        if (tx.handle().execute(LEND, tx.tenant(), config.bike(), context.executionId()) == 1) {
            return new Output(true);
        }
        UUID lentTo = tx.handle()
                .createQuery(LENT_TO)
                .bind(0, tx.tenant())
                .bind(1, config.bike())
                .mapTo(UUID.class)
                .one();
        if (!lentTo.equals(context.executionId())) {
            throw ActionFailure.permanent(AWAY, "Bike " + config.bike() + " is lent already: name another one");
        }
        return new Output(false);
    }
}
