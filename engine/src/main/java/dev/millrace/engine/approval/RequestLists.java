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
public final class RequestLists {
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

    private static final String SELECT = "select " + RequestRow.COLUMNS + " from approval_requests r ";

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
    private static final String PENDING_FOR = SELECT + "where r.tenant_id = :tenant and r.status = 'pending' and " + ASKED
            + """
             and (:own or r.requester_id is distinct from :member) and not (:member = any(r.exclude_users))
             and not exists (select from approval_decisions v
                              where v.tenant_id = :tenant and v.request_id = r.id and v.member_id = :member)
             and (:twice or not exists
                    (select from approval_decisions v
                       join approval_requests o on o.tenant_id = :tenant and o.id = v.request_id
                      where v.tenant_id = :tenant and v.execution_id = r.execution_id and v.member_id = :member
                        and v.decision = 'approved' and o.id <> r.id and o.status in ('pending', 'approved')))"""
            + BEHIND;

    /** Pending requests that the member may decide, the most urgent first. */
    public List<Request> pendingFor(Tx tx, Eyes eyes, Optional<After> after, int limit) {
        return list(see(tx.handle().createQuery(PENDING_FOR), eyes).bind("twice", eyes.policies().samePersonTwice()), tx, after, limit);
    }

    // approval_requests_pending.
    private static final String ALL_PENDING =
            SELECT + "where r.tenant_id = :tenant and r.status = 'pending'" + BEHIND;

    /** Every pending request of the tenant: what an administrator oversees. */
    public List<Request> allPending(Tx tx, Optional<After> after, int limit) {
        return list(tx.handle().createQuery(ALL_PENDING), tx, after, limit);
    }

    private static Query see(Query query, Eyes eyes) {
        var froms = new ArrayList<UUID>();
        var roles = new ArrayList<String>();
        for (Delegation delegation : eyes.standsInFor()) {
            delegation.from().roles().stream()
                    .filter(role -> delegation.roles().isEmpty()
                            || delegation.roles().contains(role))
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
                .map((row, context) -> RequestRow.read(row))
                .list();
    }
}
