package dev.millrace.trials.bench.engine;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import java.math.BigDecimal;

/** What an action of an ERP does at the least: a row of its own. */
@Named(value = "bench.post", module = "bench", description = "Writes one row.")
final class PostEntry implements LocalAction<PostEntry.Config, PostEntry.Output> {
    static final String TABLE = """
            create table bench_entry (tenant_id uuid not null, id bigint generated always as identity,
                execution_id uuid not null, step_id text not null, amount numeric(20, 4) not null, note text not null,
                primary key (tenant_id, id));
            call millrace_protect('bench_entry', 'select, insert')""";

    record Config(
            @Describe("What to post") BigDecimal amount,
            @Describe("A remark") String note) {}

    record Output(@Describe("What was posted") BigDecimal amount) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        tx.handle()
                .createUpdate("""
                        insert into bench_entry (tenant_id, execution_id, step_id, amount, note)
                        values (:tenant, :execution, :step, :amount, :note)""")
                .bind("tenant", tx.tenant())
                .bind("execution", context.executionId())
                .bind("step", context.stepId())
                .bind("amount", config.amount())
                .bind("note", config.note())
                .execute();
        return new Output(config.amount());
    }
}
