package dev.millrace.engine;

import dev.millrace.engine.journal.ChainVerifier;
import dev.millrace.engine.journal.ChainVerifier.Verified;
import dev.millrace.engine.journal.Entry;
import dev.millrace.engine.journal.JournalRows;
import dev.millrace.engine.journal.JournalRows.Filter;
import dev.millrace.engine.journal.JournalRows.Stored;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The append-only record of every transition and decision. Every method joins the caller's transaction. */
public final class Journal {
    private final Supplier<UUID> ids;
    private final Runnable journaled;

    /** @param journaled called after the commit of what was written */
    Journal(Supplier<UUID> ids, Runnable journaled) {
        this.ids = ids;
        this.journaled = journaled;
    }

    /** Writes an entry that belongs to no execution: of a definition, a member, a document. */
    public void write(Tx tx, Entry entry) {
        JournalRows.insert(tx, entry.id().orElseGet(ids), entry);
        tx.afterCommit(journaled);
    }

    /** Sealed entries, newest first. */
    public List<Stored> list(Tx tx, Filter filter, int limit) {
        return JournalRows.list(tx, filter, limit);
    }

    /** The number of the last sealed entry; 0 before the first. Whoever follows the journal from there misses nothing. */
    public long position(Tx tx) {
        return JournalRows.position(tx);
    }

    /** Recomputes the tenant's whole chain. */
    public Verified verify(Tx tx) {
        return ChainVerifier.verify(tx, Optional.empty());
    }

    /** Recomputes the tenant's whole chain, which must go through a head that was exported before. */
    public Verified verify(Tx tx, ChainHead exported) {
        return ChainVerifier.verify(tx, Optional.of(exported));
    }

    /** The end of the tenant's chain now. */
    public ChainHead head(Tx tx) {
        return JournalRows.chainHead(tx);
    }

    /**
     * Sealed entries in their order, a page at a time.
     *
     * @param after the number behind which it begins, 0 for all
     */
    public List<SealedEntry> read(Tx tx, long after, int limit) {
        return JournalRows.read(tx, after, limit);
    }
}
