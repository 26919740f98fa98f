package dev.millrace.engine;

import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionRegistry;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Actions whose effects a test can count. Their table has no unique key: a double effect is seen, not hidden. */
final class TrialActions {
    static final String TABLE = """
            create table trial_effect (
                tenant_id uuid not null, execution_id uuid not null, step_id text not null, attempt int not null,
                note text, at timestamptz not null default clock_timestamp());
            call millrace_protect('trial_effect', 'select, insert');
            create table trial_document (
                tenant_id uuid not null, id uuid not null, material json not null, sent_back text,
                primary key (tenant_id, id));
            call millrace_protect('trial_document', 'select, insert, update');
            """;

    private TrialActions() {}

    static void register(ActionRegistry actions, Calls calls) {
        actions.register(new TrialEffect())
                .register(new TrialFail())
                .register(new TrialCall(calls))
                .register(new TrialPing(calls))
                .register(new TrialBreak())
                .register(new TrialEmit())
                .register(new TrialPay());
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

    /** What was called, and with which key. */
    static final class Calls {
        record Made(UUID execution, String step, int attempt, String key) {}

        private final List<Made> made = new CopyOnWriteArrayList<>();
        private volatile Runnable during = () -> {};

        void during(Runnable what) {
            this.during = what;
        }

        void make(Made call) {
            made.add(call);
            during.run();
        }

        List<Made> of(UUID execution) {
            return made.stream().filter(m -> m.execution().equals(execution)).toList();
        }
    }
}
