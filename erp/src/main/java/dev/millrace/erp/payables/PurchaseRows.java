package dev.millrace.erp.payables;

import static dev.millrace.erp.core.Columns.decimal;

import dev.millrace.engine.Tx;
import dev.millrace.erp.gst.BookedPurchase;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code supplier_invoices}: what it says of tax. */
final class PurchaseRows {
    // Index: supplier_invoices_date.
    private static final String BETWEEN = """
            select i.id, i.supplier_id, s.name, s.email, s.gstin, i.invoice_number, i.invoice_date,
                   round(i.igst * i.rate, 2) as igst, round(i.cgst * i.rate, 2) as cgst, round(i.sgst * i.rate, 2) as sgst
              from supplier_invoices i
              join suppliers s on s.tenant_id = i.tenant_id and s.id = i.supplier_id
             where i.tenant_id = :tenant and i.invoice_date between :from and :to and s.gstin is not null
               and i.duplicate_of is null and i.status not in ('rejected', 'cancelled', 'reversed')
             order by i.invoice_date, i.id
            """;

    List<BookedPurchase> between(Tx tx, LocalDate from, LocalDate to) {
        return tx.handle()
                .createQuery(BETWEEN)
                .bind("tenant", tx.tenant())
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> new BookedPurchase(
                        row.getObject("id", UUID.class),
                        row.getObject("supplier_id", UUID.class),
                        row.getString("name"),
                        Optional.ofNullable(row.getString("email")),
                        row.getString("gstin"),
                        row.getString("invoice_number"),
                        row.getObject("invoice_date", LocalDate.class),
                        decimal(row, "igst", 2),
                        decimal(row, "cgst", 2),
                        decimal(row, "sgst", 2)))
                .list();
    }
}
