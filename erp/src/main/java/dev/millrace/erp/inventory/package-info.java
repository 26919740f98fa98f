/**
 * Items: what they are, and the rules of buying, keeping and selling them.
 *
 * <p>Never here: SQL on a table of {@code core}, {@code ledger} or the engine, and what is ordered, delivered or sold.
 */
@NullMarked
package dev.millrace.erp.inventory;

import org.jspecify.annotations.NullMarked;
