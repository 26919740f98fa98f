package dev.millrace.engine.execution;

import dev.millrace.engine.Actor;
import dev.millrace.engine.UnknownCommitException;
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

    /**
     * Withdraws the execution's requests too, and at its end hands its key on, so it has a transaction of its own:
     * execution, steps, requests, keys.
     */
    Result writeWithdrawing(int signal, Move move, List<StepRow> steps, List<Entry> entries) {
        UUID tenant = execution.tenant().id();
        try {
            return services.transactions().run(tenant, tx -> {
                Map<UUID, Instant> written = services.advance()
                        .advanceIn(tx, List.of(transition(Optional.of(signal), move, steps, entries)));
                Instant now = Optional.ofNullable(written.get(execution.id())).orElseThrow(LeaseLost::new);
                services.requests().cancelPending(tx, execution.id(), Actor.SYSTEM);
                if (move instanceof Move.End) {
                    services.keys().release(tx, execution.id());
                }
                return new Result.Written(now);
            });
        } catch (LeaseLost e) {
            return new Result.Refused();
        } catch (UnknownCommitException e) {
            return new Result.Unknown();
        }
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
