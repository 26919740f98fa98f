package dev.millrace.engine.trigger;

import dev.millrace.engine.Actor;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.StoredDefinition;
import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.Tx;
import dev.millrace.engine.definition.CompiledDefinitions;
import dev.millrace.engine.execution.Host;
import dev.millrace.engine.execution.Loaded;
import dev.millrace.engine.execution.StartRows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Starts executions in the caller's transaction; this node goes on with them after the commit, if it has room. */
public final class Starter {
    private final CompiledDefinitions definitions;
    private final StartRows rows;
    private final NodeSettings settings;
    private final Supplier<UUID> ids;
    private volatile Host host = Host.NONE;

    public Starter(CompiledDefinitions definitions, StartRows rows, NodeSettings settings, Supplier<UUID> ids) {
        this.definitions = definitions;
        this.rows = rows;
        this.settings = settings;
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
        var execution = new Loaded(
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
                tx.now(),
                parent,
                new Loaded.Active(Duration.ZERO, tx.now()),
                List.of());
        boolean bornLeased = host.hasRoom(tx.tenant());
        rows.insert(
                tx,
                execution,
                ids.get(),
                bornLeased ? Optional.of(settings.node()) : Optional.empty(),
                settings.lease());
        if (bornLeased) {
            tx.afterCommit(() -> host.adopt(execution));
        } else {
            tx.afterCommit(() -> host.lookAt(execution.id()));
        }
        return execution.id();
    }
}
