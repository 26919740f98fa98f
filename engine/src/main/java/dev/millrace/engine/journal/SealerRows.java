package dev.millrace.engine.journal;

import java.sql.Array;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What the sealer asks about all tenants at once. */
final class SealerRows {
    private final Jdbi jdbi;

    SealerRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What there is to seal.
     *
     * @param oldestOpen every transaction below had ended when the tenants were looked for
     */
    record Scan(long oldestOpen, List<UUID> tenants) {}

    // One statement is one snapshot. Walks the block ranges of workflow_journal_xid.
    private static final String SCAN = """
            select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest_open,
                   array(select millrace_unsealed_tenants(:since)) as tenants""";

    Scan scan(long sinceXid) {
        return jdbi.withHandle(h -> h.createQuery(SCAN)
                .bind("since", sinceXid)
                .map((row, context) -> {
                    Array tenants = row.getArray("tenants");
                    return new Scan(row.getLong("oldest_open"), List.of((UUID[]) tenants.getArray()));
                })
                .one());
    }

    // Ahead of the database's own transactions: the rows came from another database, and so did their numbers.
    private static final String DRAINED_BELOW = """
            select case when last_value <= pg_snapshot_xmin(pg_current_snapshot())::text::bigint then last_value else 0 end
              from journal_drained_below""";

    long drainedBelow() {
        return jdbi.withHandle(
                h -> h.createQuery(DRAINED_BELOW).mapTo(Long.class).one());
    }

    void keepDrainedBelow(long xid) {
        jdbi.useHandle(h -> h.createQuery("select setval('journal_drained_below', :xid)")
                .bind("xid", xid)
                .mapTo(Long.class)
                .one());
    }
}
