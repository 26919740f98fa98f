package dev.millrace.engine.journal;

import dev.millrace.engine.SealedEntry;
import dev.millrace.engine.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** Rows of {@code journal_cursors}, and what lies behind a cursor. */
public class FollowerRows {
    /** Whose row says that a follower is known. */
    static final UUID NOBODY = new UUID(0, 0);

    /** Seals per transaction. */
    private static final int PAGE = 500;

    private final Jdbi jdbi;

    public FollowerRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Every tenant that has a journal. */
    List<UUID> tenants() {
        return jdbi.withHandle(h -> h.createQuery("select millrace_journal_tenants()")
                .mapTo(UUID.class)
                .list());
    }

    /** By follower, the tenants with something to read; walks journal_heads once per follower. */
    Map<String, List<UUID>> unread(Set<String> followers) {
        return jdbi.withHandle(h -> h
                .createQuery("""
                        select f.name, t.tenant from unnest(:followers) as f (name), millrace_unread_tenants(f.name) as t (tenant)""")
                .bindArray("followers", String.class, followers)
                .map((row, context) -> Map.entry(row.getString("name"), row.getObject("tenant", UUID.class)))
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
    }

    // By primary key.
    private static final String ENSURE = """
            insert into journal_cursors (tenant_id, follower, seq) values (:tenant, :follower, :seq)
                on conflict do nothing""";

    /** @return whether it was not there yet */
    boolean ensure(Tx tx, String follower, long seq) {
        return tx.handle()
                        .createUpdate(ENSURE)
                        .bind("tenant", tx.tenant())
                        .bind("follower", follower)
                        .bind("seq", seq)
                        .execute()
                == 1;
    }

    boolean isKnown(Tx tx, String follower) {
        return tx.handle()
                .createQuery("""
                        select exists (select from journal_cursors where tenant_id = :tenant and follower = :follower)""")
                .bind("tenant", tx.tenant())
                .bind("follower", follower)
                .mapTo(Boolean.class)
                .one();
    }

    // By primary key.
    private static final String LOCK = """
            select seq from journal_cursors where tenant_id = :tenant and follower = :follower for update skip locked""";

    /** Takes the right to read on until the end of the transaction; empty if another node has it. */
    Optional<Long> lock(Tx tx, String follower) {
        ensure(tx, follower, 0);
        return tx.handle()
                .createQuery(LOCK)
                .bind("tenant", tx.tenant())
                .bind("follower", follower)
                .mapTo(Long.class)
                .findOne();
    }

    void move(Tx tx, String follower, long seq) {
        tx.handle()
                .createUpdate("""
                        update journal_cursors set seq = :seq where tenant_id = :tenant and follower = :follower""")
                .bind("seq", seq)
                .bind("tenant", tx.tenant())
                .bind("follower", follower)
                .execute();
    }

    // By primary key. Leases of followers are real time: they do not move with the engine's clock.
    private static final String LEASE = """
            update journal_cursors
               set owner = :node, owned_until = clock_timestamp() + :lease::interval
             where tenant_id = :tenant and follower = :follower
               and (owner is null or owner = :node or owned_until < clock_timestamp())
            returning seq""";

    /** Takes the right to read on for a while; empty if another node has it. */
    Optional<Long> lease(Tx tx, String follower, UUID node, Duration lease) {
        ensure(tx, follower, 0);
        return tx.handle()
                .createQuery(LEASE)
                .bind("node", node)
                .bind("lease", lease.toMillis() + " milliseconds")
                .bind("tenant", tx.tenant())
                .bind("follower", follower)
                .mapTo(Long.class)
                .findOne();
    }

    // By primary key. One that was overtaken moves nothing.
    private static final String GIVE_BACK = """
            update journal_cursors
               set seq = :seq, owner = null, owned_until = null
             where tenant_id = :tenant and follower = :follower and owner = :node and seq <= :seq""";

    void giveBack(Tx tx, String follower, UUID node, long seq) {
        tx.handle()
                .createUpdate(GIVE_BACK)
                .bind("seq", seq)
                .bind("tenant", tx.tenant())
                .bind("follower", follower)
                .bind("node", node)
                .execute();
    }

    /**
     * What lies behind a cursor.
     *
     * @param upTo where the cursor stands when all of it is done
     * @param entries of the types asked for, in their order
     */
    public record Page(long upTo, List<SealedEntry> entries) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    // Walks journal_seals_pkey; each entry by primary key.
    private static final String READ = """
            select s.seq, %s
              from journal_seals s join workflow_journal j on j.tenant_id = s.tenant_id and j.id = s.journal_id
             where s.tenant_id = :tenant and s.seq > :after and s.seq <= :upTo and j.type = any(:types)
             order by s.seq""".formatted(JournalRows.COLUMNS);

    /** Seals are numbered after the commit, so nothing ever appears below a number that was read. */
    // Overridden by tests alone, to show that they notice.
    protected Page read(Tx tx, long after, Set<String> types) {
        long upTo = Math.min(JournalRows.head(tx).seq(), after + PAGE);
        if (upTo <= after) {
            return new Page(after, List.of());
        }
        List<SealedEntry> entries = tx.handle()
                .createQuery(READ)
                .bind("tenant", tx.tenant())
                .bind("after", after)
                .bind("upTo", upTo)
                .bindArray("types", String.class, types)
                .map((row, context) -> new SealedEntry(row.getLong("seq"), JournalRows.stored(row)))
                .list();
        return new Page(upTo, entries);
    }
}
