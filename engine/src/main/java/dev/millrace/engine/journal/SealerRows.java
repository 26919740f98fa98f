package dev.millrace.engine.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @param oldestOpen every transaction below had ended when the entries were looked for
     * @param entries ids by tenant, in the order of their numbers
     * @param all false: there may be more
     */
    record Scan(long oldestOpen, Map<UUID, List<UUID>> entries, boolean all) {}

    private record Found(long oldestOpen, Optional<UUID> tenant, Optional<UUID> entry) {}

    // One statement is one snapshot. Walks workflow_journal_xid, and journal_seals_entry for each entry.
    private static final String SCAN = """
            select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest_open, u.tenant_id, u.id
              from (select) as once left join millrace_unsealed(:since, :limit) u on true""";

    Scan scan(long sinceXid, int limit) {
        List<Found> found = jdbi.withHandle(h -> h.createQuery(SCAN)
                .bind("since", sinceXid)
                .bind("limit", limit)
                .map((row, context) -> new Found(
                        row.getLong("oldest_open"),
                        Optional.ofNullable(row.getObject("tenant_id", UUID.class)),
                        Optional.ofNullable(row.getObject("id", UUID.class))))
                .list());
        var entries = new LinkedHashMap<UUID, List<UUID>>();
        found.forEach(f -> f.tenant()
                .ifPresent(tenant -> entries.computeIfAbsent(tenant, t -> new ArrayList<>())
                        .add(f.entry().orElseThrow())));
        return new Scan(found.getFirst().oldestOpen(), entries, found.size() < limit);
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
