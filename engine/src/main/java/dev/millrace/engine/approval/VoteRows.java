package dev.millrace.engine.approval;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Rows of {@code approval_decisions}. */
public final class VoteRows {
    // The request by primary key, whose guard makes one of a decision and the deadline the winner.
    private static final String INSERT = """
            insert into approval_decisions (tenant_id, request_id, member_id, member_name, for_id, for_name, seat_id,
                   execution_id, decision, comment, decided_at)
            select :tenant, r.id, :member, :name, :forId::uuid, :forName, :seat, r.execution_id, :decision, :comment,
                   millrace_now()
              from approval_requests r
             where r.tenant_id = :tenant and r.id = :request and r.status = 'pending' and r.expires_at > millrace_now()
            on conflict do nothing
            returning decided_at""";

    /**
     * What one person decides.
     *
     * @param standsFor whom he stands in for, for people to read
     * @param seat whose voice it is; each has one
     */
    record Ballot(Member member, Optional<Member> standsFor, UUID seat, String decision, Optional<String> comment) {
        static Ballot own(Member member, Optional<Member> standsFor, String decision, Optional<String> comment) {
            return new Ballot(member, standsFor, member.id(), decision, comment);
        }

        static Ballot deputy(Member member, Member of, String decision, Optional<String> comment) {
            return new Ballot(member, Optional.of(of), of.id(), decision, comment);
        }

        /** The decider, by both names if he decides for somebody. */
        Actor actor() {
            return new Actor("user", Optional.of(member.id().toString()), name());
        }

        /** {@code Asha}, or {@code Asha for Meera}. */
        String name() {
            return Vote.name(member.name(), standsFor.map(Member::name));
        }
    }

    /** Empty if that person, or somebody in his place, has decided this request before, or its time is over. */
    Optional<Instant> insert(Tx tx, Request request, Ballot ballot) {
        return tx.handle()
                .createQuery(INSERT)
                .bind("tenant", tx.tenant())
                .bind("request", request.id())
                .bind("member", ballot.member().id())
                .bind("name", ballot.member().name())
                .bindByType("forId", ballot.standsFor().map(Member::id).orElse(null), UUID.class)
                .bind("forName", ballot.standsFor().map(Member::name).orElse(null))
                .bind("seat", ballot.seat())
                .bind("decision", ballot.decision())
                .bind("comment", ballot.comment().orElse(null))
                .map((row, context) -> RequestColumnRows.instant(row, "decided_at"))
                .findOne();
    }

    // By the first columns of the primary key.
    private static final String OF_REQUESTS = """
            select request_id, member_id, member_name, for_id, for_name, seat_id, decision, comment, decided_at
              from approval_decisions
             where tenant_id = :tenant and request_id = any(:requests)
             order by decided_at, member_id""";

    /** What was decided about each of the requests, in order. */
    public Map<UUID, List<Vote>> of(Tx tx, Collection<UUID> requests) {
        return tx
                .handle()
                .createQuery(OF_REQUESTS)
                .bind("tenant", tx.tenant())
                .bindArray("requests", UUID.class, requests)
                .map((row, context) -> new Vote(
                        row.getObject("request_id", UUID.class),
                        row.getObject("member_id", UUID.class),
                        row.getString("member_name"),
                        RequestColumnRows.uuid(row, "for_id"),
                        RequestColumnRows.text(row.getString("for_name")),
                        row.getObject("seat_id", UUID.class),
                        row.getString("decision"),
                        RequestColumnRows.text(row.getString("comment")),
                        RequestColumnRows.instant(row, "decided_at")))
                .stream()
                .collect(Collectors.groupingBy(Vote::request));
    }

    List<Vote> of(Tx tx, UUID request) {
        return of(tx, List.of(request)).getOrDefault(request, List.of());
    }

    /** Those who have decided this request, and those in whose place somebody has. */
    Set<UUID> seats(Tx tx, UUID request) {
        return of(tx, request).stream()
                .flatMap(v -> java.util.stream.Stream.of(v.member(), v.seat()))
                .collect(Collectors.toSet());
    }

    // approval_decisions_execution, then approval_requests by primary key. What was superseded or sent back is void;
    // items of one list are different things, each approved by itself.
    private static final String APPROVERS = """
            select v.member_id
              from approval_decisions v join approval_requests r on r.tenant_id = v.tenant_id and r.id = v.request_id
             where v.tenant_id = :tenant and v.execution_id = :execution and v.decision = 'approved'
               and r.tenant_id = :tenant and r.id <> :request and r.status in ('pending', 'approved')
               and split_part(r.step_id, '[', 1) <> split_part(:step, '[', 1)""";

    /** Those who have approved another step of the same execution. */
    Set<UUID> approvers(Tx tx, Request request) {
        return tx
                .handle()
                .createQuery(APPROVERS)
                .bind("tenant", tx.tenant())
                .bind("execution", request.executionId())
                .bind("request", request.id())
                .bind("step", request.stepId())
                .mapTo(UUID.class)
                .stream()
                .collect(Collectors.toSet());
    }
}
