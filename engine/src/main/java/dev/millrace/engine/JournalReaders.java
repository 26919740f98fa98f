package dev.millrace.engine;

import dev.millrace.engine.hint.Hints;
import dev.millrace.engine.journal.FollowerRows;
import dev.millrace.engine.journal.Followers;
import dev.millrace.engine.journal.LiveListeners;
import dev.millrace.engine.journal.Relays;
import dev.millrace.engine.journal.Retention;
import dev.millrace.engine.journal.Sealer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What a node does with the journal in the background: seals it, tells who follows it, drops what is over its time. */
final class JournalReaders implements AutoCloseable {
    /** Without being woken; where less is looked for work, less is looked for entries. */
    private static final Duration SEAL_EVERY = Duration.ofSeconds(1);

    private static final Duration FOLLOW_EVERY = Duration.ofSeconds(2);
    private static final Duration RETAIN_EVERY = Duration.ofHours(1);

    /** Commits of the same moment are sealed together. */
    private static final Duration SEAL_AFTER = Duration.ofMillis(50);

    private final Sealer sealer;
    private final Followers followers;
    private final Relays relays;
    private final LiveListeners listeners;
    private final Retention retention;
    private final Hints hints;
    private final RegularLoop sealLoop;
    private final RegularLoop followLoop;
    private final RegularLoop relayLoop;
    private final RegularLoop retentionLoop;

    /**
     * @param settings of this node
     * @param hints tells the other nodes of new seals
     */
    JournalReaders(
            Transactions transactions,
            Sealer sealer,
            FollowerRows cursors,
            Retention retention,
            NodeSettings settings,
            Hints hints) {
        this.sealer = sealer;
        this.followers = new Followers(transactions, cursors);
        this.relays = new Relays(transactions, cursors, settings.node());
        this.listeners = new LiveListeners(transactions, cursors);
        this.retention = retention;
        this.hints = hints;
        this.sealLoop = new RegularLoop("sealer", longer(SEAL_EVERY, settings.poll()), SEAL_AFTER, this::sealAndTell);
        this.followLoop = new RegularLoop("followers", FOLLOW_EVERY, followers::runOnce);
        this.relayLoop = new RegularLoop("relays", FOLLOW_EVERY, this::tellOutside);
        this.retentionLoop = new RegularLoop("retention", RETAIN_EVERY, retention::runOnce);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private void sealAndTell() {
        if (sealer.runOnce() > 0) {
            readSeals();
            hints.seals();
        }
    }

    private void tellOutside() {
        listeners.runOnce();
        relays.runOnce();
    }

    /** There is something to seal. */
    void wake() {
        sealLoop.wake();
    }

    /** There are new seals, of this node or of another. */
    void readSeals() {
        followLoop.wake();
        relayLoop.wake();
    }

    Followers followers() {
        return followers;
    }

    Relays relays() {
        return relays;
    }

    LiveListeners listeners() {
        return listeners;
    }

    int seal() {
        return sealer.runOnce();
    }

    int tellFollowers() {
        return followers.runOnce() + listeners.runOnce() + relays.runOnce();
    }

    int retain() {
        return retention.runOnce();
    }

    List<UUID> tenants() {
        return retention.tenants();
    }

    void start() {
        sealLoop.start();
        followLoop.start();
        relayLoop.start();
        retentionLoop.start();
    }

    @Override
    public void close() {
        sealLoop.close();
        followLoop.close();
        relayLoop.close();
        retentionLoop.close();
    }
}
