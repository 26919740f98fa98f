package dev.millrace.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Definitions that were read a moment ago, with their company: what is started again and again is read once a second. That
 * a definition is still enabled is asked for when an execution is written.
 */
final class Recent {
    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final int REMEMBERED_MOST = 10_000;

    private final InstantSource clock;
    private final Map<UUID, Read> seen = new ConcurrentHashMap<>();

    record Seen(StoredDefinition definition, TenantInfo tenant) {}

    private record Read(Seen seen, Instant at) {}

    Recent(InstantSource clock) {
        this.clock = clock;
    }

    Optional<Seen> find(UUID tenant, UUID definition) {
        return Optional.ofNullable(seen.get(definition))
                .filter(read -> read.seen().tenant().id().equals(tenant))
                .filter(read -> clock.instant().isBefore(read.at().plus(REMEMBERED)))
                .map(Read::seen);
    }

    void put(Seen what) {
        if (seen.size() >= REMEMBERED_MOST) {
            seen.clear();
        }
        seen.put(what.definition().id(), new Read(what, clock.instant()));
    }
}
