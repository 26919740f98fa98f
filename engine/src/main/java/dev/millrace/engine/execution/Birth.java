package dev.millrace.engine.execution;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An execution that is to be.
 *
 * @param execution what it begins as
 * @param entry id of its first journal entry
 * @param leased to the node that writes it; else it is due at once
 * @param at when it starts; empty: when it is written
 * @param trace of the request that starts it; empty: that of the transaction, if it has one
 */
public record Birth(Loaded execution, UUID entry, boolean leased, Optional<Instant> at, Optional<String> trace)
        implements Write {
    @Override
    public UUID tenant() {
        return execution.tenant().id();
    }

    @Override
    public UUID id() {
        return execution.id();
    }
}
