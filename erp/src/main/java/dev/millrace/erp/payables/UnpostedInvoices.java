package dev.millrace.erp.payables;

import dev.millrace.engine.Tx;
import dev.millrace.erp.ledger.Unposted;
import java.time.LocalDate;

/** Invoices of a period that is to be closed which nobody has released or refused. */
public final class UnpostedInvoices implements Unposted {
    private final InvoiceRows rows = new InvoiceRows();

    @Override
    public int count(Tx tx, LocalDate from, LocalDate to) {
        return rows.open(tx, from, to);
    }
}
