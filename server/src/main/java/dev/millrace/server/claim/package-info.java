/** Expense claims. */
@NullMarked
package dev.millrace.server.claim;

import org.jspecify.annotations.NullMarked;
