package dev.millrace.engine;

import dev.millrace.engine.journal.JournalRows.Stored;

/**
 * An entry of the journal with its place in the tenant's order.
 *
 * @param seq without gaps per tenant, given after the commit: an effect never has a lower one than its cause
 */
public record SealedEntry(long seq, Stored entry) {}
