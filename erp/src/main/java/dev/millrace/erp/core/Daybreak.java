package dev.millrace.erp.core;

import dev.millrace.engine.Tx;
import java.time.LocalDate;

/** What a module has to do when a day begins at a company, in the transaction that goes through the day. */
public interface Daybreak {
    /**
     * @param day the company's; after a downtime one of the days that were missed, each once and in their order
     */
    void begin(Tx tx, LocalDate day, Herald herald);
}
