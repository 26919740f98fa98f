package dev.millrace.engine.trigger;

import dev.millrace.engine.Actor;
import dev.millrace.engine.StoredDefinition;
import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.Tx;
import dev.millrace.engine.UnknownCommitException;
import dev.millrace.engine.definition.CompiledDefinitions;
import dev.millrace.engine.execution.Birth;
import dev.millrace.engine.execution.GroupCommit;
import dev.millrace.engine.execution.Host;
import dev.millrace.engine.execution.Loaded;
import dev.millrace.engine.execution.StartRows;
import dev.millrace.engine.execution.Transition.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Starts executions, in the caller's transaction or one that they share; this node goes on with them after the commit, if it has room. */
public final class Starter {
    private final CompiledDefinitions definitions;
    private final StartRows rows;
    private final GroupCommit commits;
    private final Supplier<UUID> ids;
    private volatile Host host = Host.NONE;

    public Starter(CompiledDefinitions definitions, StartRows rows, GroupCommit commits, Supplier<UUID> ids) {
        this.definitions = definitions;
        this.rows = rows;
        this.commits = commits;
        this.ids = ids;
    }

    /** Who runs what is started here. */
    public void runOn(Host newHost) {
        this.host = newHost;
    }

    /** @return the new execution's id */
    public UUID start(
            Tx tx,
            StoredDefinition definition,
            TenantInfo tenant,
            Optional<Loaded.Event> event,
            ObjectNode trigger,
            Actor by,
            int depth) {
        return start(tx, definition, tenant, event, trigger, by, depth, Optional.empty());
    }

    /** As {@link #start}, on behalf of a step of another execution. */
    public UUID startChild(
            Tx tx,
            StoredDefinition definition,
            TenantInfo tenant,
            ObjectNode trigger,
            Actor by,
            int depth,
            Loaded.Parent parent) {
        return start(tx, definition, tenant, Optional.empty(), trigger, by, depth, Optional.of(parent));
    }

    private UUID start(
            Tx tx,
            StoredDefinition definition,
            TenantInfo tenant,
            Optional<Loaded.Event> event,
            ObjectNode trigger,
            Actor by,
            int depth,
            Optional<Loaded.Parent> parent) {
        Loaded execution = loaded(definition, tenant, event, trigger, by, depth, parent, tx.now());
        boolean leased = host.hasRoom(tx.tenant());
        rows.insert(tx, new Birth(execution, ids.get(), leased, Optional.of(tx.now()), Optional.empty()));
        tx.afterCommit(() -> goOn(execution, leased));
        return execution.id();
    }

    /**
     * Starts an execution in a transaction that it shares with whatever else this node commits at the moment: durable when
     * this returns.
     *
     * @return the new execution's id; empty if the definition is not enabled any more
     * @throws UnknownCommitException the connection broke, and nobody knows whether it was started
     */
    public Optional<UUID> startShared(
            StoredDefinition definition, TenantInfo tenant, ObjectNode trigger, Actor by, Optional<String> trace) {
        Loaded draft = loaded(definition, tenant, Optional.empty(), trigger, by, 0, Optional.empty(), Instant.EPOCH);
        boolean leased = host.hasRoom(tenant.id());
        return switch (commits.commit(new Birth(draft, ids.get(), leased, Optional.empty(), trace))) {
            case Result.Written written -> {
                goOn(draft.startedAt(written.now()), leased);
                yield Optional.of(draft.id());
            }
            case Result.Refused refused -> Optional.empty();
            case Result.Unknown unknown -> throw new UnknownCommitException();
        };
    }

    private void goOn(Loaded execution, boolean leased) {
        if (leased) {
            host.adopt(execution);
        } else {
            host.lookAt(execution.id());
        }
    }

    private Loaded loaded(
            StoredDefinition definition,
            TenantInfo tenant,
            Optional<Loaded.Event> event,
            ObjectNode trigger,
            Actor by,
            int depth,
            Optional<Loaded.Parent> parent,
            Instant now) {
        return new Loaded(
                tenant,
                ids.get(),
                definition.id(),
                definition.version(),
                definitions.of(definition),
                1,
                0,
                0,
                depth,
                event,
                trigger,
                by,
                now,
                parent,
                new Loaded.Active(Duration.ZERO, now),
                List.of());
    }
}
