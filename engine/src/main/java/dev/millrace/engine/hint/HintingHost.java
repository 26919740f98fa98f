package dev.millrace.engine.hint;

import dev.millrace.engine.execution.Host;
import dev.millrace.engine.execution.Loaded;
import java.util.UUID;

/** This node's own host, and the others by hint. Each call follows a commit, which the journal tells of. */
public final class HintingHost implements Host {
    private final Host own;
    private final Hints hints;
    private final Runnable journaled;

    /** @param journaled wakes who seals */
    public HintingHost(Host own, Hints hints, Runnable journaled) {
        this.own = own;
        this.hints = hints;
        this.journaled = journaled;
    }

    @Override
    public boolean hasRoom(UUID tenant) {
        return own.hasRoom(tenant);
    }

    @Override
    public void adopt(Loaded execution) {
        own.adopt(execution);
        journaled.run();
    }

    @Override
    public void lookAt(UUID execution) {
        own.lookAt(execution);
        hints.lookAt(execution);
        journaled.run();
    }

    @Override
    public void lookAround() {
        own.lookAround();
        hints.lookAround();
    }
}
