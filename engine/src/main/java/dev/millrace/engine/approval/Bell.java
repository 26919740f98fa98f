package dev.millrace.engine.approval;

import dev.millrace.engine.Tx;
import dev.millrace.engine.execution.Host;
import java.util.UUID;

/** Wakes whoever goes on with what was decided here. */
public final class Bell {
    private volatile Host host = Host.NONE;

    public void wake(Host newHost) {
        this.host = newHost;
    }

    void ring(Tx tx, UUID execution) {
        tx.afterCommit(() -> host.lookAt(execution));
    }
}
