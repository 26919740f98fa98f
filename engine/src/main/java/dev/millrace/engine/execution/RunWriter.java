package dev.millrace.engine.execution;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.engine.UnknownCommitException;
import dev.millrace.engine.execution.Family.Below;
import dev.millrace.engine.execution.Transition.Move;
import dev.millrace.engine.execution.Transition.Result;
import dev.millrace.engine.journal.Entry;
import dev.millrace.language.Next;
import dev.millrace.language.Progress;
import dev.millrace.language.StepError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Writes what the driver of an execution decides, under its lease. */
final class RunWriter {
    private final Services services;
    private final Loaded execution;

    RunWriter(Services services, Loaded execution) {
        this.services = services;
        this.execution = execution;
    }

    /** Together with what other executions of this node have to write. */
    Result write(Optional<Integer> signal, Move move, List<StepRow> steps, List<Entry> entries) {
        Result result = services.groupCommit().commit(transition(signal, move, steps, entries));
        if (result instanceof Result.Written written) {
            services.clock().observe(written.now());
        }
        return result;
    }

    /** Withdraws what steps wait for: they wait no more. In a transaction of its own. */
    Result writeWithdrawing(int signal, List<StepRow> steps, List<Entry> entries) {
        return alone(signal, new Move.Keep(), steps, entries, Optional.empty());
    }

    /**
     * Withdraws what the execution waits for, hands its key on, and tells the step that waits for its end. In a
     * transaction of its own: executions, steps, requests, keys.
     */
    Result writeEnd(int signal, Move.End move, List<StepRow> steps, List<Entry> entries, ChildEnd end) {
        return alone(signal, move, steps, entries, Optional.of(end));
    }

    private Result alone(int signal, Move move, List<StepRow> steps, List<Entry> entries, Optional<ChildEnd> end) {
        UUID tenant = execution.tenant().id();
        try {
            return services.transactions().run(tenant, tx -> {
                if (hasFamily()) {
                    services.family().lock(tx, execution.id(), Below.AWAITED);
                }
                Map<UUID, Instant> written = services.advance()
                        .advanceIn(tx, List.of(transition(Optional.of(signal), move, steps, entries)));
                Instant now = Optional.ofNullable(written.get(execution.id())).orElseThrow(LeaseLost::new);
                withdraw(tx);
                end.ifPresent(e -> {
                    services.keys().release(tx, execution.id());
                    services.family().ended(tx, execution.id(), e);
                });
                services.holds().at("execution.before_end_commit");
                return new Result.Written(now);
            });
        } catch (LeaseLost e) {
            return new Result.Refused();
        } catch (UnknownCommitException e) {
            return new Result.Unknown();
        }
    }

    private void withdraw(Tx tx) {
        services.requests().cancelPending(tx, execution.id(), Actor.SYSTEM);
        services.waits().cancel(tx, execution.id());
        if (hasFamily()) {
            services.family()
                    .cancelBelow(
                            tx,
                            execution.id(),
                            Below.AWAITED,
                            Actor.SYSTEM,
                            "the step that waited for it waits no more");
        }
    }

    private boolean hasFamily() {
        return execution.parent().isPresent()
                || execution.definition().steps().stream()
                        .anyMatch(step -> step.action().equals("core.run_workflow"));
    }

    private Transition transition(Optional<Integer> signal, Move move, List<StepRow> steps, List<Entry> entries) {
        return new Transition(execution.tenant().id(), execution.id(), execution.fence(), signal, move, steps, entries);
    }

    /** What the journal says of steps that end without running. */
    List<Entry> entries(List<StepRow> steps) {
        return steps.stream().map(this::entry).toList();
    }

    private Entry entry(StepRow row) {
        UUID id = execution.id();
        return switch (row.status()) {
            case SKIPPED ->
                Entry.ofStep("workflow.step_skipped", id, row.id(), "pending", "skipped")
                        .saying(row.skipReason().orElse(""));
            case FAILED ->
                Entry.ofStep("workflow.step_failed", id, row.id(), "pending", "failed")
                        .saying(row.error().map(StepError::message).orElse(""));
            case COMPLETED -> Entry.ofStep("workflow.step_completed", id, row.id(), "running", "completed");
            case RUNNING ->
                Entry.ofStep("workflow.step_started", id, row.id(), "pending", "running")
                        .saying(ItemList.count(row).orElse(0) + " items");
            case CANCELLED -> Entry.ofStep("workflow.step_cancelled", id, row.id(), "waiting", "cancelled");
            case PENDING, WAITING ->
                throw new IllegalStateException("the planner does not settle a step as " + row.status());
        };
    }

    /** The last entry of an execution's history. */
    Entry over(Next.Ending ending, Optional<Progress.Stop> stop) {
        String why = ending.error()
                .map(StepError::message)
                .or(() -> stop.map(Progress.Stop::reason))
                .map(reason -> ending.outcome() + ": " + reason)
                .orElse(ending.outcome());
        return Entry.ofExecution("workflow." + ending.status(), execution.id(), "running", ending.status())
                .saying(why);
    }
}
