/**
 * Goods that leave for sales orders: their documents, and what they do to stock and books.
 *
 * <p>Never here: SQL on a table of {@code sales} or {@code inventory}.
 */
@NullMarked
package dev.millrace.erp.delivery;

import org.jspecify.annotations.NullMarked;
