package dev.millrace.engine;

import dev.millrace.engine.definition.CompiledDefinitions;
import dev.millrace.engine.definition.DefinitionRows;
import dev.millrace.engine.execution.ConcurrencyKey;
import dev.millrace.engine.execution.ExecutionRows;
import dev.millrace.engine.execution.Host;
import dev.millrace.engine.execution.KeyRows;
import dev.millrace.engine.execution.Loaded;
import dev.millrace.engine.execution.RetryRows;
import dev.millrace.engine.execution.SettleRows;
import dev.millrace.engine.journal.Entry;
import dev.millrace.language.Compatibility;
import dev.millrace.language.Compatibility.Misfit;
import dev.millrace.language.Concurrency;
import dev.millrace.language.Definition;
import dev.millrace.language.EvaluationException;
import dev.millrace.language.Progress;
import dev.millrace.language.RetryPlan;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Lets finished executions go on from where they failed. Locks the execution, then its steps, then its key; whoever asks
 * second finds it running.
 */
public final class Retries {
    private final Directory directory;
    private final DefinitionRows definitions;
    private final CompiledDefinitions compiled;
    private final ExecutionRows executions;
    private final RetryRows rows;
    private final SettleRows settle;
    private final KeyRows keys;
    private final Supplier<UUID> ids;
    private final Holds holds;
    private volatile Host host = Host.NONE;

    Retries(
            Directory directory,
            DefinitionRows definitions,
            CompiledDefinitions compiled,
            ExecutionRows executions,
            RetryRows rows,
            SettleRows settle,
            KeyRows keys,
            Supplier<UUID> ids,
            Holds holds) {
        this.directory = directory;
        this.definitions = definitions;
        this.compiled = compiled;
        this.executions = executions;
        this.rows = rows;
        this.settle = settle;
        this.keys = keys;
        this.ids = ids;
        this.holds = holds;
    }

    void wake(Host newHost) {
        this.host = newHost;
    }

    /**
     * How to retry.
     *
     * @param step the failed step to begin with; empty: all that can be retried
     * @param latest under the newest live version, if what has run fits it; else under the same
     * @param comment a remark for the journal
     */
    public record How(Optional<String> step, boolean latest, Optional<String> comment) {
        /** From all failed steps, under the same version. */
        public static final How USUAL = new How(Optional.empty(), false, Optional.empty());
    }

    /** An execution with the version that it ran under and the one that it is to go on under. */
    private record Candidate(Loaded execution, Definition was, StoredDefinition target, Definition becomes) {}

    /** Retries in the caller's transaction. */
    public Retried retry(Tx tx, UUID id, How how, Actor by) {
        Optional<RetryRows.Ended> ended = rows.lock(tx, id);
        if (ended.isEmpty()) {
            return new Retried.NotFound();
        }
        if (!ended.get().over()) {
            return new Retried.Refused("not_finished", "The execution is not over: there is nothing to retry yet.");
        }
        ExecutionRows.Claimed row = executions.find(tx, id).orElseThrow();
        StoredDefinition same = definitions.find(tx, row.definitionId()).orElseThrow();
        Optional<StoredDefinition> target = how.latest() ? live(tx, same.name()) : Optional.of(same);
        if (target.isEmpty()) {
            return new Retried.Refused(
                    "no_live_version",
                    "No version of '" + same.name() + "' is live: switch one on, or retry on the same version.");
        }
        var candidate = new Candidate(
                loaded(tx, row, compiled.of(target.get())), compiled.of(same), target.get(), compiled.of(target.get()));
        Progress progress =
                RetryRows.progress(candidate.was(), candidate.execution().steps());
        boolean failed = ended.get().status().equals("failed");
        return switch (RetryPlan.of(candidate.was(), progress, failed, how.step())) {
            case RetryPlan.Refused no -> refused(no);
            case RetryPlan.SetBack plan -> setBack(tx, candidate, progress, plan, ended.get(), how, by);
        };
    }

    private Retried setBack(
            Tx tx,
            Candidate candidate,
            Progress progress,
            RetryPlan.SetBack plan,
            RetryRows.Ended ended,
            How how,
            Actor by) {
        List<Misfit> misfits =
                Compatibility.misfits(candidate.was(), candidate.becomes(), progress.steps(), plan.units());
        if (!misfits.isEmpty()) {
            return new Retried.Incompatible(candidate.target().version(), misfits);
        }
        Optional<Retried> held = takeKey(tx, candidate);
        if (held.isPresent()) {
            return held.get();
        }
        UUID id = candidate.execution().id();
        rows.setBack(tx, id, candidate.becomes(), candidate.execution().steps(), plan.units());
        rows.revive(tx, id, candidate.target());
        Entry entry = Entry.ofExecution("workflow.retried", id, ended.status(), "running")
                .by(by)
                .saying(words(candidate, plan, how));
        settle.signal(tx, id, ids.get(), entry);
        holds.at("retry.before_commit");
        tx.afterCommit(() -> host.lookAt(id));
        return new Retried.Done(id, candidate.target().version(), plan.from());
    }

    private Loaded loaded(Tx tx, ExecutionRows.Claimed row, Definition definition) {
        return new Loaded(
                directory.tenant(tx),
                row.id(),
                row.definitionId(),
                row.version(),
                definition,
                row.fence(),
                row.signal(),
                row.leaseLosses(),
                row.depth(),
                row.event(),
                row.trigger(),
                row.startedBy(),
                row.startedAt(),
                row.parent(),
                row.active(),
                executions.steps(tx, List.of(row.id())).getOrDefault(row.id(), List.of()));
    }

    private Optional<StoredDefinition> live(Tx tx, String name) {
        return definitions.versions(tx, name).stream()
                .filter(StoredDefinition::isLive)
                .findFirst();
    }

    private static Retried refused(RetryPlan.Refused no) {
        return switch (no.reason()) {
            case STEP_UNKNOWN -> new Retried.StepUnknown(no.message());
            case STEP_NOT_RETRYABLE, OTHER_STEP_FAILED, NOTHING_TO_RETRY, STOPPED_ON_PURPOSE ->
                new Retried.Refused(no.reason().name().toLowerCase(Locale.ROOT), no.message());
        };
    }

    /** Who is in the way. One that may queue is let in: it waits for its turn as at its first start. */
    private Optional<Retried> takeKey(Tx tx, Candidate candidate) {
        Optional<Concurrency> concurrency = candidate.becomes().concurrency();
        if (concurrency.isEmpty()) {
            return Optional.empty();
        }
        try {
            return ConcurrencyKey.of(concurrency.get(), candidate.execution(), tx.now())
                    .flatMap(key -> heldByOther(
                            tx, concurrency.get(), key, candidate.execution().id()));
        } catch (EvaluationException e) {
            return Optional.of(
                    new Retried.Refused("concurrency_failed", "The concurrency key has no value: " + e.reason()));
        }
    }

    private Optional<Retried> heldByOther(Tx tx, Concurrency concurrency, KeyRows.Key key, UUID id) {
        if (concurrency.onConflict() == Concurrency.OnConflict.QUEUE) {
            return Optional.empty();
        }
        UUID holder = keys.take(tx, key, id);
        return holder.equals(id)
                ? Optional.empty()
                : Optional.of(new Retried.Refused(
                        "key_held",
                        "The execution " + holder + " runs for the key '" + key.key() + "': retry when it is over."));
    }

    private static String words(Candidate candidate, RetryPlan.SetBack plan, How how) {
        String from = plan.from().isEmpty() ? "from where it was broken off" : "from " + String.join(", ", plan.from());
        String version = how.latest() ? " on v" + candidate.target().version() : "";
        return from + version + how.comment().map(c -> ": " + c).orElse("");
    }
}
