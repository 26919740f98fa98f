/**
 * India's goods and services tax: the rules, the sales invoices that they shape, their registration at the portal
 * (IRP), the supplier statements that are compared with the books, and the figures of the returns.
 *
 * <p>Rates, thresholds and days are dated rows ({@link dev.millrace.erp.gst.GstRules}), never code. Only companies whose
 * tax regime is {@code IN_GST} come here.
 */
@NullMarked
package dev.millrace.erp.gst;

import org.jspecify.annotations.NullMarked;
