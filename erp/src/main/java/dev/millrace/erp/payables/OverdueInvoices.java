package dev.millrace.erp.payables;

import dev.millrace.engine.Tx;
import dev.millrace.erp.SupplierInvoice.Header;
import dev.millrace.erp.core.Daybreak;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.Overdue;
import java.time.LocalDate;

/** Says of posted invoices that they are not paid though they were due. */
public final class OverdueInvoices implements Daybreak {
    private final InvoiceRows rows = new InvoiceRows();

    @Override
    public void begin(Tx tx, LocalDate day, Herald herald) {
        for (Header invoice : rows.unpaid(tx, Overdue.dueDates(day))) {
            herald.publish(
                    tx, InvoiceEvents.OVERDUE, InvoiceEvents.overdue(invoice, Overdue.days(invoice.dueDate(), day)));
        }
    }
}
