@NullMarked
package dev.millrace.server.idempotency;

import org.jspecify.annotations.NullMarked;
