/**
 * Suppliers and purchase orders: their tables, rules, actions and events.
 *
 * <p>Never here: SQL on a table of {@code core} or of the engine, and who may do what.
 */
@NullMarked
package dev.millrace.erp.procurement;

import org.jspecify.annotations.NullMarked;
