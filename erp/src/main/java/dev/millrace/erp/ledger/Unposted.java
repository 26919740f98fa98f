package dev.millrace.erp.ledger;

import dev.millrace.engine.Tx;
import java.time.LocalDate;

/** What a module tells of its documents before an accounting period is closed. */
public interface Unposted {
    /** How many of its documents dated in these days, both included, are still to be posted. */
    int count(Tx tx, LocalDate from, LocalDate to);
}
