package dev.millrace.trials.faults;

import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.ExternalAction;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;

/** Actions whose effects can be counted. Their table has no unique key, so that a double effect is seen, not hidden. */
final class TrialActions {
    private final UUID node;
    private final Receiver.Line outside;
    private final Optional<Jdbi> apart;

    /** @param apart where effects are committed that do not belong to the step's transaction: a planted bug */
    TrialActions(UUID node, Receiver.Line outside, Optional<Jdbi> apart) {
        this.node = node;
        this.outside = outside;
        this.apart = apart;
    }

    ActionRegistry register(ActionRegistry actions) {
        return actions.register(new Effect())
                .register(new Flaky())
                .register(new Call())
                .register(new Emit())
                .register(new Halt());
    }

    private static final String EFFECT = """
            insert into trial_effect (tenant_id, execution_id, step_id, attempt, node)
            values (:tenant, :execution, :step, :attempt, :node)""";

    private void effect(Tx tx, ActionContext context) {
        apart.ifPresentOrElse(
                jdbi -> jdbi.useTransaction(h -> {
                    h.execute("set local millrace.tenant = '" + tx.tenant() + "'");
                    insert(h, tx.tenant(), context);
                }),
                () -> insert(tx.handle(), tx.tenant(), context));
    }

    private void insert(org.jdbi.v3.core.Handle handle, UUID tenant, ActionContext context) {
        handle.createUpdate(EFFECT)
                .bind("tenant", tenant)
                .bind("execution", context.executionId())
                .bind("step", context.stepId())
                .bind("attempt", context.attempt())
                .bind("node", node)
                .execute();
    }

    /** Business takes its time, inside the transaction: that is where faults should find it. */
    private static void think(int most) {
        if (most > 0) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most) * 1_000_000L);
        }
    }

    record EffectConfig(
            @Describe("Milliseconds that it takes at most") int think) {}

    record Done(@Describe("The attempt that succeeded") int attempt) {}

    @Named(value = "trial.effect", module = "trial", description = "Writes one row.")
    final class Effect implements LocalAction<EffectConfig, Done> {
        @Override
        public Done run(Tx tx, ActionContext context, EffectConfig config) {
            effect(tx, context);
            think(config.think());
            return new Done(context.attempt());
        }
    }

    record FlakyConfig(
            @Describe("Succeeds from this attempt on") int until) {}

    @Named(value = "trial.flaky", module = "trial", description = "Writes one row and fails at first.")
    final class Flaky implements LocalAction<FlakyConfig, Done> {
        @Override
        public Done run(Tx tx, ActionContext context, FlakyConfig config) {
            effect(tx, context);
            if (context.attempt() < config.until()) {
                throw ActionFailure.retryable("planned", "This attempt was meant to fail");
            }
            return new Done(context.attempt());
        }
    }

    record CallConfig(
            @Describe("Milliseconds that it takes at most") int think) {}

    @Named(value = "trial.call", module = "trial", description = "Calls the outside, then writes one row.")
    final class Call implements ExternalAction<CallConfig, String, Done> {
        @Override
        public String call(ActionContext context, CallConfig config) {
            think(config.think());
            outside.say(context.executionId() + " " + context.stepId() + " " + context.idempotencyKey());
            return context.idempotencyKey();
        }

        @Override
        public Done record(Tx tx, ActionContext context, CallConfig config, String answer) {
            effect(tx, context);
            return new Done(context.attempt());
        }
    }

    record EmitConfig() {}

    @Named(value = "trial.emit", module = "trial", description = "Writes one row and starts what follows.")
    final class Emit implements LocalAction<EmitConfig, Done> {
        @Override
        public Done run(Tx tx, ActionContext context, EmitConfig config) {
            effect(tx, context);
            var payload = Json.object();
            payload.put("id", context.executionId().toString());
            context.publish(tx, Flavour.FOLLOWED, payload);
            return new Done(context.attempt());
        }
    }

    record HaltConfig() {}

    @Named(value = "trial.halt", module = "trial", description = "Ends the process that runs it.")
    static final class Halt implements LocalAction<HaltConfig, Done> {
        @Override
        public Done run(Tx tx, ActionContext context, HaltConfig config) {
            Runtime.getRuntime().halt(137);
            return new Done(context.attempt());
        }
    }
}
