package dev.millrace.erp.payables;

import dev.millrace.engine.Tx;
import dev.millrace.erp.procurement.OpenBills;
import java.util.UUID;

/** What released invoices of a supplier still have to be paid. */
public final class OpenInvoices implements OpenBills {
    private final InvoicePayableRows rows = new InvoicePayableRows();

    @Override
    public Open of(Tx tx, UUID supplier) {
        return rows.unpaid(tx, supplier);
    }
}
