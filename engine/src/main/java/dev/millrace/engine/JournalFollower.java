package dev.millrace.engine;

import java.util.List;
import java.util.Set;

/**
 * Does something in the database about what the journal tells, for every tenant, in the order of the seals. What it
 * does commits with its cursor, so it happens exactly once for each entry, whatever dies when. It begins with what is
 * sealed after it was first registered. One node at a time works for one tenant. For effects outside the database see
 * {@link LifecycleListener}.
 */
public interface JournalFollower {
    /** Names its cursor; not changed once in use. */
    String name();

    /** The types of entries that it wants; never empty. */
    Set<String> types();

    /**
     * Called in the transaction that moves the cursor, which may be repeated. An exception leaves the cursor where it is;
     * the same entries come again.
     *
     * @param entries one or more, in their order, of the transaction's tenant
     */
    void take(Tx tx, List<SealedEntry> entries);
}
