package dev.millrace.engine;

import java.time.Duration;
import java.util.UUID;

/**
 * How this node runs executions.
 *
 * @param node this process; new at every start
 * @param workers false: it takes requests and events in, and runs nothing
 * @param lease how long a node that has died keeps its executions; extended while it lives
 * @param poll how often due executions are looked for when nobody hints
 * @param executionsMax executions in memory at once; they are cheap, and more of them make larger commits
 * @param executionsPerTenantMax of which for one tenant
 * @param soleNode the database belongs to this process alone, so whoever held leases before is dead
 * @param limits what the installation allows at most
 */
public record NodeSettings(
        UUID node,
        boolean workers,
        Duration lease,
        Duration poll,
        int executionsMax,
        int executionsPerTenantMax,
        boolean soleNode,
        Limits limits) {
    /** The tenant's expiry of a wait that names no deadline. */
    public static final Duration DEFAULT_EXPIRY = Duration.ofDays(30);

    public NodeSettings {
        if (lease.compareTo(poll.multipliedBy(3)) < 0) {
            throw new IllegalArgumentException(
                    "Expected a lease of at least three polls, but lease is " + lease.toMillis() + " ms and poll "
                            + poll.toMillis() + " ms: raise MILLRACE_LEASE or lower MILLRACE_POLL");
        }
    }

    /** With the usual limits. */
    public NodeSettings(
            UUID node,
            boolean workers,
            Duration lease,
            Duration poll,
            int executionsMax,
            int executionsPerTenantMax,
            boolean soleNode) {
        this(node, workers, lease, poll, executionsMax, executionsPerTenantMax, soleNode, Limits.DEFAULT);
    }

    public NodeSettings with(Limits others) {
        return new NodeSettings(node, workers, lease, poll, executionsMax, executionsPerTenantMax, soleNode, others);
    }

    /** The usual settings: lease 30 s, poll 1 s. */
    public static NodeSettings of(UUID node) {
        return new NodeSettings(node, true, Duration.ofSeconds(30), Duration.ofSeconds(1), 1024, 512, false);
    }
}
