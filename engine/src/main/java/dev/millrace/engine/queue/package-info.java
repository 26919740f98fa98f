/** Which executions this node runs: claims, leases, hand-over in memory. Start at {@link dev.millrace.engine.queue.Worker}. */
@NullMarked
package dev.millrace.engine.queue;

import org.jspecify.annotations.NullMarked;
