package dev.millrace.erp.sales;

import dev.millrace.engine.Tx;
import java.time.LocalDate;
import java.util.UUID;

/** How late a customer pays, as far as sales needs to know it: invoices are another module's. */
@FunctionalInterface
public interface OverdueInvoices {
    /** Days that the customer's oldest unpaid invoice is overdue; 0: none is. */
    int oldestDays(Tx tx, UUID customer, LocalDate today);
}
