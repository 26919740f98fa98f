package dev.millrace.erp.core;

import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Delegation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/** The table {@code delegations}. */
public final class DelegationRows {
    private static final String SELECT = """
            select id, from_member, to_member, roles, starts, ends, reason, created_by, created_at, ended_at
              from delegations
             where tenant_id = :tenant
            """;

    private final MemberRows members = new MemberRows();

    /** A row, its people still to be looked up. */
    private record Row(
            UUID id,
            UUID from,
            UUID to,
            Set<String> roles,
            Instant starts,
            Instant ends,
            Optional<String> reason,
            String createdBy,
            Instant createdAt,
            Optional<Instant> endedAt) {
        Delegation with(Map<UUID, Member> people) {
            // Foreign keys hold both, so they are there.
            return new Delegation(
                    id,
                    Objects.requireNonNull(people.get(from)),
                    Objects.requireNonNull(people.get(to)),
                    roles,
                    starts,
                    ends,
                    reason,
                    createdBy,
                    createdAt,
                    endedAt);
        }
    }

    // Index: delegations_pkey.
    private static final String BY_ID = SELECT + " and id = :id for update";

    /** Locks it. */
    public Optional<Delegation> hold(Tx tx, UUID id) {
        return list(tx, query(tx, BY_ID).bind("id", id)).stream().findFirst();
    }

    // Index: delegations_to.
    private static final String IN_FORCE_TO = SELECT + """
             and to_member = :member and ended_at is null and ends > millrace_now() and starts <= millrace_now()
             order by starts, id
            """;

    /** Those by which the member decides for others at this moment. */
    public List<Delegation> inForceTo(Tx tx, UUID member) {
        return list(tx, query(tx, IN_FORCE_TO).bind("member", member));
    }

    // Index: delegations_from.
    private static final String IN_FORCE_FROM = SELECT + """
             and from_member = :member and ended_at is null and ends > millrace_now() and starts <= millrace_now()
             order by starts, id
            """;

    /** Those by which others decide for the member at this moment. */
    public List<Delegation> inForceFrom(Tx tx, UUID member) {
        return list(tx, query(tx, IN_FORCE_FROM).bind("member", member));
    }

    // Index: delegations_from.
    private static final String OPEN_FROM_DURING = SELECT + """
             and from_member = :member and ended_at is null and ends > :starts and starts < :ends
             order by starts, id
            """;

    /** Those by which the member is away at some moment of the time. */
    public List<Delegation> openFromDuring(Tx tx, UUID member, Instant starts, Instant ends) {
        return list(
                tx,
                query(tx, OPEN_FROM_DURING)
                        .bind("member", member)
                        .bind("starts", starts.atOffset(ZoneOffset.UTC))
                        .bind("ends", ends.atOffset(ZoneOffset.UTC)));
    }

    // Indexes: delegations_from and delegations_to; all of a company by delegations_pkey.
    private static final String OPEN = SELECT + """
             and ended_at is null and ends > millrace_now()
             and (:member::uuid is null or from_member = :member::uuid or to_member = :member::uuid)
             and (:before::uuid is null or id < :before::uuid)
             order by id desc
             limit :limit
            """;

    /**
     * Those that are not over, newest first.
     *
     * @param member only those that the member gave or was given
     */
    public List<Delegation> open(Tx tx, Optional<UUID> member, Optional<UUID> before, int limit) {
        return list(
                tx,
                query(tx, OPEN).bind("member", member).bind("before", before).bind("limit", limit));
    }

    private static Query query(Tx tx, String sql) {
        return tx.handle().createQuery(sql).bind("tenant", tx.tenant());
    }

    private List<Delegation> list(Tx tx, Query query) {
        List<Row> rows = query.map((row, context) -> row(row)).list();
        if (rows.isEmpty()) {
            return List.of();
        }
        var wanted = new HashSet<UUID>();
        rows.forEach(row -> {
            wanted.add(row.from());
            wanted.add(row.to());
        });
        Map<UUID, Member> people = members.byIds(tx, wanted);
        return rows.stream().map(row -> row.with(people)).toList();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                row.getObject("from_member", UUID.class),
                row.getObject("to_member", UUID.class),
                Set.of((String[]) row.getArray("roles").getArray()),
                instant(row, "starts").orElseThrow(),
                instant(row, "ends").orElseThrow(),
                Optional.ofNullable(row.getString("reason")),
                row.getString("created_by"),
                instant(row, "created_at").orElseThrow(),
                instant(row, "ended_at"));
    }

    private static final String INSERT = """
            insert into delegations (tenant_id, id, from_member, to_member, roles, starts, ends, reason, created_by)
            values (:tenant, :id, :from, :to, :roles, :starts, :ends, :reason, :createdBy)
            """;

    public void insert(Tx tx, Delegation delegation) {
        tx.handle()
                .createUpdate(INSERT)
                .registerArrayType(String.class, "text")
                .bind("tenant", tx.tenant())
                .bind("id", delegation.id())
                .bind("from", delegation.from().id())
                .bind("to", delegation.to().id())
                .bindArray(
                        "roles",
                        String.class,
                        delegation.roles().stream().sorted().toList())
                .bind("starts", delegation.starts().atOffset(ZoneOffset.UTC))
                .bind("ends", delegation.ends().atOffset(ZoneOffset.UTC))
                .bind("reason", delegation.reason())
                .bind("createdBy", delegation.createdBy())
                .execute();
    }

    // Index: delegations_pkey.
    private static final String END = """
            update delegations set ended_at = millrace_now(), ended_by = :by, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id and ended_at is null
            """;

    public void end(Tx tx, UUID id, String by) {
        tx.handle()
                .createUpdate(END)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("by", by)
                .execute();
    }
}
