package dev.millrace.engine.journal;

import com.github.f4b6a3.uuid.util.UuidComparator;
import dev.millrace.engine.Actor;
import dev.millrace.engine.ChainHead;
import dev.millrace.engine.SealedEntry;
import dev.millrace.engine.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Rows of {@code workflow_journal}, {@code journal_seals} and {@code journal_heads}. */
public final class JournalRows {
    private JournalRows() {}

    /**
     * A stored entry.
     *
     * @param seq its seal's number, empty until sealed
     * @param link its place in the chain of its execution, in hexadecimal
     */
    public record Stored(
            Optional<Long> seq,
            UUID id,
            Instant at,
            String type,
            Actor actor,
            String resourceType,
            String resourceId,
            Optional<UUID> executionId,
            Optional<Integer> executionSeq,
            Optional<String> stepId,
            Optional<UUID> definitionId,
            Optional<String> workflowName,
            Optional<Integer> version,
            Optional<String> before,
            Optional<String> after,
            Optional<String> comment,
            Optional<String> traceId,
            Optional<String> link) {}

    static final String COLUMNS = """
            j.id, j.at, j.type, j.actor_kind, j.actor_id, j.actor_name, j.resource_type, j.resource_id, j.execution_id,
            j.execution_seq, j.step_id, j.definition_id, j.workflow_name, j.version, j.before, j.after, j.comment,
            j.trace_id, encode(j.link, 'hex') as link""";

    private static final String INSERT = """
            insert into workflow_journal (tenant_id, id, type, actor_kind, actor_id, actor_name, resource_type,
                   resource_id, step_id, before, after, comment)
            values (:tenant, :id, :type, :actorKind, :actorId, :actorName, :resourceType, :resourceId, :step, :before,
                   :after, :comment)""";

    /** Writes an entry that belongs to no execution. */
    public static void insert(Tx tx, UUID id, Entry entry) {
        bind(tx.handle().createUpdate(INSERT), entry)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .execute();
    }

    // workflow_journal_resource.
    private static final String IS_BY = """
            select exists (select from workflow_journal
                            where tenant_id = :tenant and resource_id = :resource and resource_type = :type
                              and resource_type <> 'execution' and actor_kind = :kind and actor_id = :actor)""";

    /** Whether an entry about a resource is of this actor. */
    public static boolean isBy(Tx tx, String resourceType, UUID resource, Actor actor) {
        return tx.handle()
                .createQuery(IS_BY)
                .bind("tenant", tx.tenant())
                .bind("resource", resource.toString())
                .bind("type", resourceType)
                .bind("kind", actor.kind())
                .bind("actor", actor.id())
                .mapTo(Boolean.class)
                .one();
    }

    /** Binds what an entry says, for every statement that writes one. */
    public static Update bind(Update statement, Entry entry) {
        return statement
                .bind("type", entry.type())
                .bind("actorKind", entry.actor().kind())
                .bind("actorId", entry.actor().id().orElse(null))
                .bind("actorName", entry.actor().name())
                .bind("resourceType", entry.resourceType())
                .bind("resourceId", entry.resourceId())
                .bind("step", entry.step().orElse(null))
                .bind("before", entry.before().orElse(null))
                .bind("after", entry.after().orElse(null))
                .bind("comment", entry.comment().orElse(null));
    }

    /**
     * What to list.
     *
     * @param resourceId matches the entry's resource, execution, definition, or the document of its approval
     * @param before seals below this number
     */
    public record Filter(Optional<String> resourceType, Optional<String> resourceId, Optional<Long> before) {}

    // Walks journal_seals_pkey downwards and looks each entry up by primary key; a resource's entries are found by
    // workflow_journal_resource or workflow_journal_execution.
    private static final String LIST = """
            select s.seq, %s
              from journal_seals s join workflow_journal j on j.tenant_id = s.tenant_id and j.id = s.journal_id
             where s.tenant_id = :tenant
               and (:before::bigint is null or s.seq < :before)
               and (:resourceType::text is null or j.resource_type = :resourceType)
               and (:resourceId::text is null or j.resource_id = :resourceId
                    or j.execution_id::text = :resourceId or j.definition_id::text = :resourceId
                    or j.resource_id in (select a.id::text from approval_requests a
                                          where a.tenant_id = :tenant and a.entity_id::text = :resourceId))
             order by s.seq desc
             limit :limit""".formatted(COLUMNS);

    /** Sealed entries, newest first. */
    public static List<Stored> list(Tx tx, Filter filter, int limit) {
        return tx.handle()
                .createQuery(LIST)
                .bind("tenant", tx.tenant())
                .bind("before", filter.before().orElse(null))
                .bind("resourceType", filter.resourceType().orElse(null))
                .bind("resourceId", filter.resourceId().orElse(null))
                .bind("limit", limit)
                .map((row, context) -> stored(row))
                .list();
    }

    // Entries and seals by key, one by one; of the months only those between the first and the last id are looked at.
    private static final String UNSEALED = """
            select null::bigint as seq, %s
              from workflow_journal j
             where j.tenant_id = :tenant and j.id = any(:ids) and j.id between :first and :last
               and (select s.seq from journal_seals s where s.tenant_id = :tenant and s.journal_id = j.id) is null
             order by j.n""".formatted(COLUMNS);

    /** Which of the entries have no seal, in the order in which they were numbered. */
    static List<Stored> unsealed(Tx tx, List<UUID> ids) {
        List<UUID> sorted = ids.stream().sorted(UuidComparator::opaqueCompare).toList();
        return tx.handle()
                .createQuery(UNSEALED)
                .bind("tenant", tx.tenant())
                .bindArray("ids", UUID.class, ids)
                .bind("first", sorted.getFirst())
                .bind("last", sorted.getLast())
                .map((row, context) -> stored(row))
                .list();
    }

    private static final String SEALED_FROM = """
            select s.seq, encode(s.hash, 'hex') as hash, j.id as there, coalesce(s.journal_id < :cut::uuid, false) as cut, %s
              from journal_seals s left join workflow_journal j on j.tenant_id = s.tenant_id and j.id = s.journal_id
             where s.tenant_id = :tenant and s.seq > :after
             order by s.seq
             limit :limit""".formatted(COLUMNS);

    /**
     * A seal with its entry, if that is still there; the hash in hexadecimal.
     *
     * @param cut the entry was older than what retention keeps
     */
    record Sealed(long seq, String hash, boolean cut, Optional<Stored> entry) {}

    /**
     * Seals in their order, from after a number on.
     *
     * @param cut the id below which retention may have dropped entries
     */
    static List<Sealed> sealedFrom(Tx tx, long after, Optional<UUID> cut, int limit) {
        return tx.handle()
                .createQuery(SEALED_FROM)
                .bind("tenant", tx.tenant())
                .bind("after", after)
                .bindByType("cut", cut.orElse(null), UUID.class)
                .bind("limit", limit)
                .map((row, context) -> new Sealed(
                        row.getLong("seq"),
                        row.getString("hash"),
                        row.getBoolean("cut"),
                        row.getObject("there") == null ? Optional.empty() : Optional.of(stored(row))))
                .list();
    }

    /** The last seal, its hash in hexadecimal: number 0 and no hash before the first. */
    record Head(long seq, String hash) {}

    private static final String ENSURE_HEAD = """
            insert into journal_heads (tenant_id, seq, hash) values (:tenant, 0, ''::bytea)
                on conflict do nothing""";

    private static final String LOCK_HEAD = """
            select seq, encode(hash, 'hex') as hash from journal_heads where tenant_id = :tenant for update skip locked""";

    /** Takes the right to seal; empty if another node has it at this moment. */
    static Optional<Head> lockHead(Tx tx) {
        tx.handle().createUpdate(ENSURE_HEAD).bind("tenant", tx.tenant()).execute();
        return tx.handle()
                .createQuery(LOCK_HEAD)
                .bind("tenant", tx.tenant())
                .map((row, context) -> new Head(row.getLong("seq"), row.getString("hash")))
                .findOne();
    }

    static Head head(Tx tx) {
        return tx.handle()
                .createQuery("select seq, encode(hash, 'hex') as hash from journal_heads where tenant_id = :tenant")
                .bind("tenant", tx.tenant())
                .map((row, context) -> new Head(row.getLong("seq"), row.getString("hash")))
                .findOne()
                .orElse(new Head(0, ""));
    }

    /** The end of the chain. */
    public static ChainHead chainHead(Tx tx) {
        Head head = head(tx);
        return new ChainHead(head.seq(), head.hash());
    }

    // Walks journal_seals_pkey; each entry by primary key.
    private static final String READ = """
            select s.seq, %s
              from journal_seals s join workflow_journal j on j.tenant_id = s.tenant_id and j.id = s.journal_id
             where s.tenant_id = :tenant and s.seq > :after
             order by s.seq
             limit :limit""".formatted(COLUMNS);

    /** Sealed entries in their order. */
    public static List<SealedEntry> read(Tx tx, long after, int limit) {
        return tx.handle()
                .createQuery(READ)
                .bind("tenant", tx.tenant())
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new SealedEntry(row.getLong("seq"), stored(row)))
                .list();
    }

    /** The number of the last seal; 0 before the first. */
    public static long position(Tx tx) {
        return head(tx).seq();
    }

    static void moveHead(Tx tx, Head head) {
        tx.handle()
                .createUpdate(
                        "update journal_heads set seq = :seq, hash = decode(:hash, 'hex') where tenant_id = :tenant")
                .bind("tenant", tx.tenant())
                .bind("seq", head.seq())
                .bind("hash", head.hash())
                .execute();
    }

    private static final String INSERT_SEALS = """
            insert into journal_seals (tenant_id, seq, journal_id, hash)
            select :tenant, s.seq, s.id, decode(s.hash, 'hex') from unnest(:seqs, :ids, :hashes) as s (seq, id, hash)""";

    static void insertSeals(Tx tx, List<Sealed> seals) {
        tx.handle()
                .createUpdate(INSERT_SEALS)
                .bind("tenant", tx.tenant())
                .bindArray("seqs", Long.class, seals.stream().map(Sealed::seq).toList())
                .bindArray(
                        "ids",
                        UUID.class,
                        seals.stream().map(s -> s.entry().orElseThrow().id()).toList())
                .bindArray(
                        "hashes", String.class, seals.stream().map(Sealed::hash).toList())
                .execute();
    }

    /** The hash of one seal, in hexadecimal. */
    static Optional<String> hash(Tx tx, long seq) {
        return tx.handle()
                .createQuery("""
                        select encode(hash, 'hex') from journal_seals where tenant_id = :tenant and seq = :seq""")
                .bind("tenant", tx.tenant())
                .bind("seq", seq)
                .mapTo(String.class)
                .findOne();
    }

    /**
     * What retention took off last.
     *
     * @param before entries with lower ids are gone, up to the seal {@code lastSeq}
     * @param fromSeq the seal behind which the chain can be computed, and its hash in hexadecimal
     */
    record Cut(UUID before, long fromSeq, String fromHash, long lastSeq) {}

    // By primary key, backwards.
    private static final String CUT = """
            select before, from_seq, encode(from_hash, 'hex') as from_hash,
                   (select max(last_seq) from journal_cuts where tenant_id = :tenant) as last_seq
              from journal_cuts where tenant_id = :tenant order by before desc limit 1""";

    static Optional<Cut> cut(Tx tx) {
        return tx.handle()
                .createQuery(CUT)
                .bind("tenant", tx.tenant())
                .map((row, context) -> new Cut(
                        row.getObject("before", UUID.class),
                        row.getLong("from_seq"),
                        row.getString("from_hash"),
                        row.getLong("last_seq")))
                .findOne();
    }

    /**
     * Entries without a seal.
     *
     * @param overdue of which so old that the sealer cannot have missed them
     */
    record Unsealed(long count, long overdue) {}

    // An entry from before the last months of the journal has either a seal or no business being there: all are looked
    // at.
    private static final String COUNT_UNSEALED = """
            select count(*) as count,
                   count(*) filter (where j.at < statement_timestamp() - interval '60 seconds') as overdue
              from workflow_journal j
             where j.tenant_id = :tenant
               and not exists (select from journal_seals s where s.tenant_id = j.tenant_id and s.journal_id = j.id)""";

    static Unsealed unsealed(Tx tx) {
        return tx.handle()
                .createQuery(COUNT_UNSEALED)
                .bind("tenant", tx.tenant())
                .map((row, context) -> new Unsealed(row.getLong("count"), row.getLong("overdue")))
                .one();
    }

    static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                Optional.ofNullable(row.getObject("seq", Long.class)),
                row.getObject("id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("type"),
                new Actor(row.getString("actor_kind"), text(row.getString("actor_id")), row.getString("actor_name")),
                row.getString("resource_type"),
                row.getString("resource_id"),
                Optional.ofNullable(row.getObject("execution_id", UUID.class)),
                Optional.ofNullable(row.getObject("execution_seq", Integer.class)),
                text(row.getString("step_id")),
                Optional.ofNullable(row.getObject("definition_id", UUID.class)),
                text(row.getString("workflow_name")),
                Optional.ofNullable(row.getObject("version", Integer.class)),
                text(row.getString("before")),
                text(row.getString("after")),
                text(row.getString("comment")),
                text(row.getString("trace_id")),
                text(row.getString("link")));
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value);
    }
}
