package dev.millrace.engine;

import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.ExternalAction;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.node.ObjectNode;

/** Actions whose effects a test can count. Their table has no unique key: a double effect is seen, not hidden. */
final class TrialActions {
    static final String TABLE = """
            create table trial_effect (
                tenant_id uuid not null, execution_id uuid not null, step_id text not null, attempt int not null,
                note text, at timestamptz not null default clock_timestamp());
            call millrace_protect('trial_effect', 'select, insert');
            """;

    private TrialActions() {}

    static void register(ActionRegistry actions, Calls calls) {
        actions.register(new Effect())
                .register(new Fail())
                .register(new Call(calls))
                .register(new Emit());
    }

    static void effect(Tx tx, ActionContext context, String note) {
        tx.handle()
                .createUpdate("""
                        insert into trial_effect (tenant_id, execution_id, step_id, attempt, note)
                        values (:tenant, :execution, :step, :attempt, :note)""")
                .bind("tenant", tx.tenant())
                .bind("execution", context.executionId())
                .bind("step", context.stepId())
                .bind("attempt", context.attempt())
                .bind("note", note)
                .execute();
    }

    @Named(value = "trial.effect", module = "trial", description = "Writes one row.")
    static final class Effect implements LocalAction<Effect.Config, Effect.Output> {
        record Config(@Describe("What to write") Optional<String> note) {}

        record Output(
                @Describe("What was written") String note,
                @Describe("Of this attempt") int attempt) {}

        @Override
        public Output run(Tx tx, ActionContext context, Config config) {
            effect(tx, context, config.note().orElse(""));
            return new Output(config.note().orElse(""), context.attempt());
        }
    }

    @Named(value = "trial.fail", module = "trial", description = "Writes one row and fails.")
    static final class Fail implements LocalAction<Fail.Config, Fail.Output> {
        record Config(
                @Describe("Trying again may help") boolean retryable,
                @Describe("Succeeds from this attempt on") Optional<Integer> until) {}

        record Output(
                @Describe("The attempt that succeeded") int attempt) {}

        @Override
        public Output run(Tx tx, ActionContext context, Config config) {
            effect(tx, context, "fail");
            if (config.until().filter(n -> context.attempt() >= n).isPresent()) {
                return new Output(context.attempt());
            }
            throw config.retryable()
                    ? ActionFailure.retryable("broken", "It is broken")
                    : ActionFailure.permanent("broken", "It is broken");
        }
    }

    /** What was called, and with which key. */
    static final class Calls {
        record Made(UUID execution, String step, int attempt, String key) {}

        private final List<Made> made = new CopyOnWriteArrayList<>();
        private volatile Runnable during = () -> {};

        void during(Runnable what) {
            this.during = what;
        }

        List<Made> of(UUID execution) {
            return made.stream().filter(m -> m.execution().equals(execution)).toList();
        }
    }

    @Named(value = "trial.call", module = "trial", description = "Calls out.")
    static final class Call implements ExternalAction<Call.Config, String, Call.Output> {
        private final Calls calls;

        Call(Calls calls) {
            this.calls = calls;
        }

        record Config() {}

        record Output(@Describe("The key that was sent on") String key) {}

        @Override
        public String call(ActionContext context, Config config) {
            calls.made.add(new Calls.Made(
                    context.executionId(), context.stepId(), context.attempt(), context.idempotencyKey()));
            calls.during.run();
            return context.idempotencyKey();
        }

        @Override
        public Output record(Tx tx, ActionContext context, Config config, String answer) {
            effect(tx, context, answer);
            return new Output(answer);
        }
    }

    @Named(value = "trial.emit", module = "trial", description = "Emits an order again.")
    static final class Emit implements LocalAction<Emit.Config, Emit.Output> {
        record Config(
                @Describe("The amount of the new order") java.math.BigDecimal amount) {}

        record Output(
                @Describe("How many executions it started") int started) {}

        @Override
        public Output run(Tx tx, ActionContext context, Config config) {
            ObjectNode payload = Json.object();
            payload.put("id", context.executionId().toString()).put("amount", config.amount());
            return new Output(context.publish(tx, "order.created", payload).started());
        }
    }
}
