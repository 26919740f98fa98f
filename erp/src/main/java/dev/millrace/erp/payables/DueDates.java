package dev.millrace.erp.payables;

import java.time.LocalDate;
import java.util.Optional;

/** When an invoice is to be paid. */
final class DueDates {
    private DueDates() {}

    /**
     * What the law says of micro and small enterprises.
     *
     * @param most days after acceptance, whatever was agreed
     * @param notAgreed days after acceptance where nothing was
     */
    record Msme(int most, int notAgreed) {}

    /**
     * Agreed days count from the invoice's date; those of a micro or small enterprise from the day on which the company
     * had the invoice.
     *
     * @param agreedDays 0: none were agreed
     * @param msme the law, for a supplier whom it protects
     */
    static LocalDate due(LocalDate invoiceDate, LocalDate accepted, int agreedDays, Optional<Msme> msme) {
        return msme.map(law -> accepted.plusDays(agreedDays == 0 ? law.notAgreed() : Math.min(agreedDays, law.most())))
                .orElseGet(() -> invoiceDate.plusDays(agreedDays));
    }
}
