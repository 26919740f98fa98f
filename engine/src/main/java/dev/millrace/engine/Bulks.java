package dev.millrace.engine;

import dev.millrace.engine.BulkAction.Asked;
import dev.millrace.engine.Executions.Cancelled;
import dev.millrace.engine.Retries.How;
import dev.millrace.engine.execution.BulkRows;
import dev.millrace.engine.execution.BulkRows.Task;
import dev.millrace.engine.journal.Entry;
import dev.millrace.language.Compatibility.Misfit;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retries or cancels many executions. What is asked for is stored with an item for each of them; nodes that run workers
 * work it off in slices, each item in a transaction of its own with its outcome, so that it is done once whoever dies.
 */
public final class Bulks {
    /** Executions of one action at most. */
    public static final int EXECUTIONS_MOST = 100_000;

    /** Refusals that are told at most. */
    public static final int REFUSALS_MOST = 100;

    /** One slice a pause, of all nodes together: what is revived shall not come as a flood. */
    private static final int SLICE = 50;

    static final Duration PAUSE = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(Bulks.class);

    private final BulkRows rows;
    private final Executions executions;
    private final Retries retries;
    private final Transactions transactions;
    private final Journal journal;
    private final Supplier<UUID> ids;
    private final Runnable asked;
    private final Holds holds;

    /** @param asked called after the commit of what somebody asks for */
    Bulks(
            BulkRows rows,
            Executions executions,
            Retries retries,
            Transactions transactions,
            Journal journal,
            Supplier<UUID> ids,
            Runnable asked,
            Holds holds) {
        this.rows = rows;
        this.executions = executions;
        this.retries = retries;
        this.transactions = transactions;
        this.journal = journal;
        this.ids = ids;
        this.asked = asked;
        this.holds = holds;
    }

    /** How many executions the filter finds, one more than {@link #EXECUTIONS_MOST} if more. In the caller's transaction. */
    public int count(Tx tx, ExecutionFilter filter) {
        return rows.count(tx, filter, EXECUTIONS_MOST);
    }

    /** Stores what is asked for, in the caller's transaction; it is worked off after the commit. */
    public Asked ask(Tx tx, BulkAction.Order order, Actor by) {
        UUID id = ids.get();
        int found = rows.start(tx, id, order, by, EXECUTIONS_MOST);
        if (found > EXECUTIONS_MOST) {
            return new Asked.TooMany(EXECUTIONS_MOST);
        }
        if (found != order.expected()) {
            return new Asked.CountChanged(found);
        }
        if (found == 0) {
            return new Asked.NothingFound();
        }
        journal.write(tx, entry(id, order, found, by));
        tx.afterCommit(asked);
        return new Asked.Accepted(id, found);
    }

    private static Entry entry(UUID id, BulkAction.Order order, int found, Actor by) {
        String what = order.kind().name().toLowerCase(Locale.ROOT) + " of " + found + " executions";
        return new Entry(
                "workflow.bulk_asked",
                by,
                "bulk_action",
                id.toString(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(what + order.comment().map(c -> ": " + c).orElse("")));
    }

    /** How far it has come. In the caller's transaction. */
    public Optional<BulkAction> find(Tx tx, UUID id) {
        return rows.find(tx, id, REFUSALS_MOST);
    }

    /** Does the slices that are due now. */
    boolean runOnce() {
        List<UUID> tenants = rows.tenants();
        for (UUID tenant : tenants) {
            for (Task task : transactions.run(tenant, tx -> rows.takeSlices(tx, PAUSE))) {
                for (UUID execution : transactions.run(tenant, tx -> rows.pending(tx, task.id(), SLICE))) {
                    settleQuietly(tenant, task, execution);
                }
                transactions.run(tenant, tx -> {
                    rows.finishIfDone(tx, task.id());
                    return task;
                });
            }
        }
        return !tenants.isEmpty();
    }

    /** One that cannot be done is told of, and keeps none of the others from it. */
    private void settleQuietly(UUID tenant, Task task, UUID execution) {
        try {
            settle(tenant, task, execution, tx -> act(tx, task, execution));
            holds.at("bulk.after_item");
        } catch (UnknownCommitException e) {
            log.info("bulk action {}: whether {} is done is read in the next slice", task.id(), execution);
        } catch (RuntimeException e) {
            if (Transactions.isConnectionLost(e)) {
                throw e;
            }
            log.warn("bulk action {}: execution {} could not be done", task.id(), execution, e);
            settle(tenant, task, execution, tx -> refused("unexpected_error", "It failed; see the server's log."));
        }
    }

    private void settle(UUID tenant, Task task, UUID execution, Function<Tx, Result> action) {
        transactions.run(tenant, tx -> {
            boolean mine = rows.lock(tx, task.id(), execution);
            if (mine) {
                switch (action.apply(tx)) {
                    case Result.Done done -> rows.done(tx, task.id(), execution);
                    case Result.Refused no -> rows.refused(tx, task.id(), execution, no.code(), no.message());
                }
                holds.at("bulk.before_commit");
            }
            return mine;
        });
    }

    private sealed interface Result {
        record Done() implements Result {}

        record Refused(String code, String message) implements Result {}
    }

    private static Result refused(String code, String message) {
        return new Result.Refused(code, message);
    }

    private Result act(Tx tx, Task task, UUID execution) {
        return switch (task.kind()) {
            case CANCEL -> cancel(tx, task, execution);
            case RETRY -> retry(tx, task, execution);
        };
    }

    private Result cancel(Tx tx, Task task, UUID execution) {
        Cancelled cancelled = executions.cancel(tx, execution, task.by(), Optional.of(words(task)));
        return switch (cancelled) {
            case DONE -> new Result.Done();
            case OVER_ALREADY -> refused("not_live", "The execution is over; there is nothing to cancel.");
            case NOT_FOUND -> refused("not_found", "The execution is no longer there.");
        };
    }

    private Result retry(Tx tx, Task task, UUID execution) {
        var how = new How(Optional.empty(), task.latest(), Optional.of(words(task)));
        return switch (retries.retry(tx, execution, how, task.by())) {
            case Retried.Done done -> new Result.Done();
            case Retried.Refused no -> refused(no.code(), no.message());
            case Retried.StepUnknown unknown -> refused("step_unknown", unknown.message());
            case Retried.Incompatible no ->
                refused("version_incompatible", "v" + no.version() + ": " + messages(no.misfits()));
            case Retried.NotFound none -> refused("not_found", "The execution is no longer there.");
        };
    }

    private static String messages(List<Misfit> misfits) {
        return misfits.stream().map(Misfit::message).collect(Collectors.joining("; "));
    }

    private static String words(Task task) {
        return task.comment().map(c -> c + " ").orElse("") + "(bulk action " + task.id() + ")";
    }
}
