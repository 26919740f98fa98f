package dev.millrace.server.security;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Engine;
import dev.millrace.engine.Member;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Members;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Looks callers up, and remembers them for a moment: a role that is taken away bites soon after. */
@Component
public class Callers {
    private static final Duration REMEMBERED = Duration.ofSeconds(3);
    private static final int REMEMBERED_MOST = 10_000;

    private final Engine engine;
    private final Members members;
    private final Directory directory;
    private final InstantSource clock;
    private final Map<Key, Seen> seen = new ConcurrentHashMap<>();

    private record Key(UUID tenant, UUID member) {}

    private record Seen(Optional<Caller> caller, Instant until) {}

    public Callers(Engine engine, Erp erp, InstantSource clock) {
        this.engine = engine;
        this.members = erp.members();
        this.directory = erp.directory();
        this.clock = clock;
    }

    /** Empty: there is no such member, or not any more. */
    public Optional<Caller> find(UUID tenant, UUID member) {
        Instant now = clock.instant();
        var key = new Key(tenant, member);
        Seen last = seen.get(key);
        if (last != null && last.until().isAfter(now)) {
            return last.caller();
        }
        Optional<Caller> caller = read(tenant, member);
        if (seen.size() >= REMEMBERED_MOST) {
            seen.clear();
        }
        seen.put(key, new Seen(caller, now.plus(REMEMBERED)));
        return caller;
    }

    private Optional<Caller> read(UUID tenant, UUID id) {
        return engine.run(
                tenant,
                tx -> members.find(tx, id)
                        .filter(Member::active)
                        .map(member -> new Caller(tenant, member, members.permissions(member), directory.modules(tx))));
    }
}
