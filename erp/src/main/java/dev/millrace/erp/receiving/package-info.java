/**
 * What comes in for purchase orders, and what is ordered because stock is low.
 *
 * <p>Never here: SQL on a table of another package.
 */
@NullMarked
package dev.millrace.erp.receiving;

import org.jspecify.annotations.NullMarked;
