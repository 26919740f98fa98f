/** Redis, where it is configured: events in by its stream, lifecycle events out, hints between nodes. Nothing needs it. */
@NullMarked
package dev.millrace.server.redis;

import org.jspecify.annotations.NullMarked;
