package dev.millrace.erp;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What the returns of a month come to, in the company's currency.
 *
 * @param period {@code 2026-11}
 * @param outwardTaxable sales without tax
 * @param outputTax tax charged on them
 * @param itcAvailable the credit, by GSTR-2B where it is imported, else by the books
 * @param netPayable output tax less credit, at least 0
 * @param daysTo3b negative when overdue
 * @param pendingEInvoices invoices of the month that the portal has not registered yet
 */
public record TaxReturn(
        String period,
        BigDecimal outwardTaxable,
        BigDecimal outputTax,
        BigDecimal itcAvailable,
        BigDecimal netPayable,

        @JsonProperty("gstr1_due") LocalDate gstr1Due,
        @JsonProperty("gstr3b_due") LocalDate gstr3bDue,
        @JsonProperty("gstr1_filed") boolean gstr1Filed,
        @JsonProperty("gstr3b_filed") boolean gstr3bFiled,
        @JsonProperty("days_to_3b") int daysTo3b,
        @JsonProperty("pending_e_invoices") int pendingEInvoices) {}
