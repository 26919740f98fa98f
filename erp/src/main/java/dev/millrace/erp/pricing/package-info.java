/**
 * What items are sold for, and how that changes.
 *
 * <p>Never here: an order, and SQL on a table of {@code inventory}.
 */
@NullMarked
package dev.millrace.erp.pricing;

import org.jspecify.annotations.NullMarked;
