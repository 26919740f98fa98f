/** Goods receipts. */
@NullMarked
package dev.millrace.server.receipt;

import org.jspecify.annotations.NullMarked;
