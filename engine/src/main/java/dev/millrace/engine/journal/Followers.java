package dev.millrace.engine.journal;

import dev.millrace.engine.JournalFollower;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.journal.FollowerRows.Page;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets those follow the journal whose effects are rows: what they do commits with their cursors. */
public final class Followers {
    private static final Logger log = LoggerFactory.getLogger(Followers.class);

    private final Transactions transactions;
    private final FollowerRows rows;
    private final FirstSight firstSight;
    private final Map<String, JournalFollower> followers = new ConcurrentHashMap<>();

    public Followers(Transactions transactions, FollowerRows rows) {
        this.transactions = transactions;
        this.rows = rows;
        this.firstSight = new FirstSight(transactions, rows);
    }

    /** @throws IllegalArgumentException its name is taken */
    public void add(JournalFollower follower) {
        if (followers.putIfAbsent(follower.name(), follower) != null) {
            throw new IllegalArgumentException("two followers of the journal are named " + follower.name());
        }
    }

    /**
     * Gives each follower what it has not seen.
     *
     * @return how many entries were taken
     */
    public int runOnce() {
        if (followers.isEmpty()) {
            return 0;
        }
        followers.keySet().forEach(firstSight::of);
        Map<String, List<UUID>> unread = rows.unread(followers.keySet());
        int taken = 0;
        for (JournalFollower follower : followers.values()) {
            for (UUID tenant : unread.getOrDefault(follower.name(), List.of())) {
                taken += quietly(tenant, follower);
            }
        }
        return taken;
    }

    private int quietly(UUID tenant, JournalFollower follower) {
        int taken = 0;
        try {
            OptionalInt page = page(tenant, follower);
            while (page.isPresent()) {
                taken += page.getAsInt();
                page = page(tenant, follower);
            }
        } catch (RuntimeException e) {
            log.warn("{} could not follow the journal of tenant {}; it is tried again", follower.name(), tenant, e);
        }
        return taken;
    }

    /** Empty at the end of the journal, or if another node reads it. */
    private OptionalInt page(UUID tenant, JournalFollower follower) {
        return transactions.run(
                tenant,
                tx -> rows.lock(tx, follower.name())
                        .map(cursor -> {
                            Page page = rows.read(tx, cursor, follower.types());
                            if (page.upTo() == cursor) {
                                return OptionalInt.empty();
                            }
                            if (!page.entries().isEmpty()) {
                                follower.take(tx, page.entries());
                            }
                            rows.move(tx, follower.name(), page.upTo());
                            return OptionalInt.of(page.entries().size());
                        })
                        .orElse(OptionalInt.empty()));
    }
}
