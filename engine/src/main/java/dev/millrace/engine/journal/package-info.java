/** The append-only journal, its sealing per tenant, and the check of the chain. Start at {@link dev.millrace.engine.journal.Sealer}. */
@NullMarked
package dev.millrace.engine.journal;

import org.jspecify.annotations.NullMarked;
