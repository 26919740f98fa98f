package dev.millrace.erp.gst;

import dev.millrace.engine.Tx;
import dev.millrace.erp.SalesInvoice;
import dev.millrace.erp.core.Daybreak;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.Overdue;
import dev.millrace.erp.sales.CustomerRows;
import java.time.LocalDate;

/** Says of invoices that the customer has not paid them though they were due. */
public final class OverdueSalesInvoices implements Daybreak {
    private final InvoiceRows rows = new InvoiceRows();
    private final CustomerRows customers = new CustomerRows();

    @Override
    public void begin(Tx tx, LocalDate day, Herald herald) {
        for (SalesInvoice invoice : rows.unpaid(tx, Overdue.dueDates(day))) {
            herald.publish(
                    tx,
                    SalesInvoiceEvents.OVERDUE,
                    SalesInvoiceEvents.overdue(
                            invoice,
                            customers.byId(tx, invoice.customerId()).orElseThrow(),
                            Overdue.days(invoice.made().orElseThrow().dueDate(), day)));
        }
    }
}
