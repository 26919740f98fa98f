package dev.millrace.engine.journal;

import dev.millrace.engine.Transactions;
import dev.millrace.engine.journal.JournalRows.Head;
import dev.millrace.engine.journal.JournalRows.Sealed;
import dev.millrace.engine.journal.JournalRows.Stored;
import dev.millrace.engine.journal.SealerRows.Scan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Numbers journal entries after their commit, without gaps per tenant, and chains them by hash. Whoever follows the
 * journal follows these numbers: a snapshot is causally closed, so an effect is never numbered before its cause, and
 * a long transaction somewhere holds nobody up.
 */
public final class Sealer {
    /** Entries at once; bounds the time that a tenant's head stays locked. */
    private static final int BATCH = 1000;

    private final SealerRows rows;
    private final Transactions transactions;

    /** Passes between two notes of how far all is sealed: they only shorten the first scan of a start. */
    private static final int NOTE_EVERY = 60;

    /** Entries of older transactions are all sealed; empty before the first pass. */
    private Optional<Long> drainedBelow = Optional.empty();

    private int drainedPasses;

    public Sealer(Jdbi jdbi, Transactions transactions) {
        this.rows = new SealerRows(jdbi);
        this.transactions = transactions;
    }

    /**
     * Seals what has been committed, for every tenant.
     *
     * @return how many entries it sealed
     */
    public synchronized int runOnce() {
        long since = drainedBelow.orElseGet(() -> rows.drainedBelow());
        int count = 0;
        boolean drained = true;
        Scan scan;
        do {
            scan = rows.scan(since, BATCH);
            for (Map.Entry<UUID, List<UUID>> ofTenant : scan.entries().entrySet()) {
                Optional<Integer> sealed = seal(ofTenant.getKey(), ofTenant.getValue());
                count += sealed.orElse(0);
                drained &= sealed.isPresent();
            }
        } while (drained && !scan.all());
        if (drained) {
            drainedBelow = Optional.of(scan.oldestOpen());
            if (drainedPasses++ % NOTE_EVERY == 0) {
                rows.keepDrainedBelow(scan.oldestOpen());
            }
        }
        return count;
    }

    /** Empty if another node was sealing this tenant; what others have sealed since the scan stays as it is. */
    private Optional<Integer> seal(UUID tenant, List<UUID> ids) {
        return transactions.run(tenant, Duration.ofSeconds(30), tx -> {
            Optional<Head> head = JournalRows.lockHead(tx);
            return head.map(h -> {
                List<Stored> entries = JournalRows.unsealed(tx, ids);
                seal(h, entries).ifPresent(chained -> {
                    JournalRows.insertSeals(tx, chained.seals());
                    JournalRows.moveHead(tx, chained.head());
                });
                return entries.size();
            });
        });
    }

    private record Chained(Head head, List<Sealed> seals) {}

    private Optional<Chained> seal(Head head, List<Stored> entries) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        var seals = new ArrayList<Sealed>();
        long seq = head.seq();
        String hash = head.hash();
        for (Stored entry : entries) {
            seq++;
            hash = Chain.hash(hash, seq, entry);
            seals.add(new Sealed(seq, hash, false, Optional.of(entry)));
        }
        return Optional.of(new Chained(new Head(seq, hash), seals));
    }
}
