/**
 * Supplier invoices: how they are taken in, held against order and receipts, held, released and refused. The match
 * itself is {@link dev.millrace.erp.payables.ThreeWayMatch}, which touches nothing.
 */
@NullMarked
package dev.millrace.erp.payables;

import org.jspecify.annotations.NullMarked;
