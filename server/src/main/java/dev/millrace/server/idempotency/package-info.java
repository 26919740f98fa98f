/** Writes that are repeated under the same key. */
@NullMarked
package dev.millrace.server.idempotency;

import org.jspecify.annotations.NullMarked;
