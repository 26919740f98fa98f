package dev.millrace.engine.approval;

import dev.millrace.engine.Directory.Delegation;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.language.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/** Requests as people list them. */
public final class RequestListRows {
    /** Where a page begins: behind this request. */
    public record After(java.time.Instant expiresAt, UUID id) {}

    /**
     * In whose eyes to list.
     *
     * @param standsInFor delegations to the member that are good now
     */
    public record Eyes(Member member, List<Delegation> standsInFor, Policies policies) {
        public Eyes {
            standsInFor = List.copyOf(standsInFor);
        }
    }

    /** Requests of the company {@code :tenant} as a query of a definition sees them. */
    public static final String READABLE = """
            select id, status, workflow_name, step_id, level, created_at, expires_at, required_role,
                   required_user::text as required_user, entity_type, entity_id, amount, currency::text as currency,
                   requester_id::text as requester
              from approval_requests
             where tenant_id = :tenant""";

    private static final String SELECT = "select " + RequestColumnRows.COLUMNS + " from approval_requests r ";

    // What the member is asked: by role, in person, or as a deputy of one who is asked and may decide it himself.
    private static final String ASKED = """
            (r.required_role = any(:roles) or r.required_user = :member
             or exists (select from unnest(:froms::uuid[], :fromRoles::text[]) d (from_id, role)
                         where (r.required_role = d.role or d.role = '' and r.required_user = d.from_id)
                           and (:own or r.requester_id is distinct from d.from_id)
                           and not (d.from_id = any(r.exclude_users))))""";

    private static final String BEHIND = """
             and (:afterAt::timestamptz is null or (r.expires_at, r.id) > (:afterAt::timestamptz, :afterId::uuid))
            order by r.expires_at, r.id
            limit :limit""";

    // approval_requests_pending in its own order; votes by primary key, an execution's by approval_decisions_execution.
    private static final String PENDING_FOR =
            SELECT + "where r.tenant_id = :tenant and r.status = 'pending' and " + ASKED + """
             and (:own or r.requester_id is distinct from :member) and not (:member = any(r.exclude_users))
             and not exists (select from approval_decisions v
                              where v.tenant_id = :tenant and v.request_id = r.id and v.member_id = :member)
             and (:twice or not exists
                    (select from approval_decisions v
                       join approval_requests o on o.tenant_id = :tenant and o.id = v.request_id
                      where v.tenant_id = :tenant and v.execution_id = r.execution_id and v.member_id = :member
                        and v.decision = 'approved' and o.id <> r.id and o.status in ('pending', 'approved')
                        and split_part(o.step_id, '[', 1) <> split_part(r.step_id, '[', 1)))""" + BEHIND;

    /** Pending requests that the member may decide, the most urgent first. */
    public List<Request> pendingFor(Tx tx, Eyes eyes, Optional<After> after, int limit) {
        return list(
                see(tx.handle().createQuery(PENDING_FOR), eyes)
                        .bind("twice", eyes.policies().samePersonTwice()),
                tx,
                after,
                limit);
    }

    // approval_requests_pending.
    private static final String ALL_PENDING = SELECT + "where r.tenant_id = :tenant and r.status = 'pending'" + BEHIND;

    /** Every pending request of the tenant: what an administrator oversees. */
    public List<Request> allPending(Tx tx, Optional<After> after, int limit) {
        return list(tx.handle().createQuery(ALL_PENDING), tx, after, limit);
    }

    // What the member has to do with. Votes by primary key.
    private static final String CONCERNS = "(" + ASKED + """
             or r.requester_id = :member
             or exists (select from approval_decisions v
                         where v.tenant_id = :tenant and v.request_id = r.id and v.member_id = :member))""";

    // By primary key.
    private static final String CONCERNS_ONE =
            "select exists (select from approval_requests r where r.tenant_id = :tenant and r.id = :id and " + CONCERNS
                    + ")";

    public boolean concerns(Tx tx, Eyes eyes, UUID request) {
        return see(tx.handle().createQuery(CONCERNS_ONE), eyes)
                .bind("tenant", tx.tenant())
                .bind("id", request)
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * What of the past to list.
     *
     * @param decidedBy a member who has decided it
     * @param before requests that are older than this one
     */
    public record History(Optional<String> status, Optional<UUID> decidedBy, Optional<UUID> before) {}

    // approval_requests_pkey downwards, for ids are given in the order of time; votes by approval_decisions_member.
    private static final String HISTORY =
            SELECT + "where r.tenant_id = :tenant and (:overseer or " + CONCERNS + ")" + """
             and (:status::text is null or r.status = :status)
             and (:decidedBy::uuid is null or r.id in (select v.request_id from approval_decisions v
                                                        where v.tenant_id = :tenant and v.member_id = :decidedBy::uuid))
             and (:before::uuid is null or r.id < :before::uuid)
            order by r.id desc
            limit :limit""";

    public List<Request> history(Tx tx, Eyes eyes, boolean overseer, History what, int limit) {
        return see(tx.handle().createQuery(HISTORY), eyes)
                .bind("tenant", tx.tenant())
                .bind("overseer", overseer)
                .bind("status", what.status().orElse(null))
                .bindByType("decidedBy", what.decidedBy().orElse(null), UUID.class)
                .bindByType("before", what.before().orElse(null), UUID.class)
                .bind("limit", limit)
                .map((row, context) -> RequestColumnRows.read(row))
                .list();
    }

    private static Query see(Query query, Eyes eyes) {
        var froms = new ArrayList<UUID>();
        var roles = new ArrayList<String>();
        for (Delegation delegation : eyes.standsInFor()) {
            delegation.from().roles().stream()
                    .filter(role ->
                            delegation.roles().isEmpty() || delegation.roles().contains(role))
                    .forEach(role -> {
                        froms.add(delegation.from().id());
                        roles.add(role);
                    });
            if (delegation.roles().isEmpty()) {
                froms.add(delegation.from().id());
                roles.add("");
            }
        }
        return query.bindArray("roles", String.class, eyes.member().roles())
                .bind("member", eyes.member().id())
                .bind("own", eyes.policies().selfApproval())
                .bindArray("froms", UUID.class, froms)
                .bindArray("fromRoles", String.class, roles);
    }

    private static List<Request> list(Query query, Tx tx, Optional<After> after, int limit) {
        return query.bind("tenant", tx.tenant())
                .bind("afterAt", after.map(a -> a.expiresAt().toString()).orElse(null))
                .bind("afterId", after.map(a -> a.id().toString()).orElse(null))
                .bind("limit", limit)
                .map((row, context) -> RequestColumnRows.read(row))
                .list();
    }
}
