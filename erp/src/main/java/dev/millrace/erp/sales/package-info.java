/**
 * Customers: their table, and what they owe.
 *
 * <p>Never here: an invoice, and a rule of a tax.
 */
@NullMarked
package dev.millrace.erp.sales;

import org.jspecify.annotations.NullMarked;
