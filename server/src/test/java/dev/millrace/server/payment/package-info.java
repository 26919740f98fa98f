/** Tests of payments. */
@NullMarked
package dev.millrace.server.payment;

import org.jspecify.annotations.NullMarked;
