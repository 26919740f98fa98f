package dev.millrace.erp.gst;

import java.time.LocalDate;

/**
 * How an invoice is to be made.
 *
 * @param today at the company's place
 * @param date of the invoice
 * @param roundTotal to the rupee
 * @param reverseCharge the buyer pays the tax to the state himself: it is shown, not charged
 */
public record InvoiceTerms(LocalDate today, LocalDate date, boolean roundTotal, boolean reverseCharge) {}
