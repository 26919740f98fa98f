package dev.millrace.erp.procurement;

import dev.millrace.engine.Tx;
import java.math.BigDecimal;
import java.util.UUID;

/** What is still to be paid to a supplier. Whoever keeps the invoices of suppliers answers. */
@FunctionalInterface
public interface OpenBills {
    /** Released and not paid in full. Joins the caller's transaction. */
    Open of(Tx tx, UUID supplier);

    /**
     * @param amount in the company's currency
     */
    record Open(int invoices, BigDecimal amount) {}
}
