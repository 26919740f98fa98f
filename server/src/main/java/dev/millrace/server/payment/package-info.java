/** Payments and payment runs. */
@NullMarked
package dev.millrace.server.payment;

import org.jspecify.annotations.NullMarked;
