package dev.millrace.engine.journal;

import dev.millrace.engine.Transactions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where a follower begins that the database has never seen: behind all that is sealed. Tenants that come later are read
 * from their first entry.
 */
final class FirstSight {
    private final Transactions transactions;
    private final FollowerRows rows;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    FirstSight(Transactions transactions, FollowerRows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    void of(String follower) {
        if (known.contains(follower)) {
            return;
        }
        if (!transactions.run(FollowerRows.NOBODY, tx -> rows.isKnown(tx, follower))) {
            for (UUID tenant : rows.tenants()) {
                transactions.run(
                        tenant,
                        tx -> rows.ensure(tx, follower, JournalRows.head(tx).seq()));
            }
            // Last: a node that dies on the way begins anew.
            transactions.run(FollowerRows.NOBODY, tx -> rows.ensure(tx, follower, 0));
        }
        known.add(follower);
    }
}
