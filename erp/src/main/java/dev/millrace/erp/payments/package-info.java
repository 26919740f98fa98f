/**
 * Payments, payment runs and expense claims: their tables, services, actions and events.
 *
 * <p>What is paid belongs to other modules: they tell of it through {@link dev.millrace.erp.payments.Payable}, and of whom
 * is paid through {@link dev.millrace.erp.payments.Payee}. Never here: the tables of those.
 */
@NullMarked
package dev.millrace.erp.payments;

import org.jspecify.annotations.NullMarked;
