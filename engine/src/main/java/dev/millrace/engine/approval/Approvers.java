package dev.millrace.engine.approval;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Directory.Delegation;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.language.Policies;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who may decide a request: who is asked, or stands in for one who is and may decide it himself; but never who asks, nor
 * those left out, nor one who has approved in the same execution already, unless the company's policies let them.
 */
public final class Approvers {
    private final Directory directory;
    private final VoteRows votes;

    public Approvers(Directory directory, VoteRows votes) {
        this.directory = directory;
        this.votes = votes;
    }

    /** By what right somebody decides. */
    sealed interface Right {
        /**
         * @param standsFor whose deputy he is as well; his decision names both, and counts once
         */
        record Own(Optional<Member> standsFor) implements Right {}

        record Deputy(Member of) implements Right {}

        /**
         * @param code {@code own_request}, {@code not_asked}, {@code excluded} or {@code same_person_twice}
         */
        record None(String code, String message) implements Right {}
    }

    Right rightOf(Tx tx, Request request, Member member) {
        Policies policies = directory.policies(tx);
        if (isOwn(policies, request, member.id())) {
            return new Right.None("own_request", "You asked for this yourself; somebody else must decide it");
        }
        List<Member> principals = directory.standsInFor(tx, member.id()).stream()
                .filter(d -> covers(d, request))
                .map(Delegation::from)
                .toList();
        Optional<Member> principal = principals.stream()
                .filter(p -> p.active()
                        && !isOwn(policies, request, p.id())
                        && !request.exclude().contains(p.id()))
                .findFirst();
        if (!isAsked(request, member) && principal.isEmpty()) {
            return none(policies, request, principals);
        }
        if (request.exclude().contains(member.id())) {
            return new Right.None("excluded", "The workflow leaves you out of this decision");
        }
        if (!policies.samePersonTwice() && votes.approvers(tx, request).contains(member.id())) {
            return new Right.None(
                    "same_person_twice",
                    "You have given an approval of this execution already; this one must come from somebody else");
        }
        return isAsked(request, member) ? new Right.Own(principal) : new Right.Deputy(principal.orElseThrow());
    }

    private static Right none(Policies policies, Request request, List<Member> principals) {
        return principals.stream()
                .filter(p -> isOwn(policies, request, p.id()))
                .findFirst()
                .map(p -> new Right.None(
                        "own_request", p.name() + " asked for this, so nobody can decide it in that place"))
                .orElseGet(() -> new Right.None(
                        "not_asked", "Expected a decision by " + request.asked() + ", which you are not"));
    }

    /** Members who may decide in their own right, and have not yet. */
    List<Member> members(Tx tx, Request request) {
        return members(tx, directory.policies(tx), request);
    }

    private List<Member> members(Tx tx, Policies policies, Request request) {
        Set<UUID> tired = policies.samePersonTwice() ? Set.of() : votes.approvers(tx, request);
        // One vote would have ended any other.
        Set<UUID> voted = request.minApprovals() == 1 ? Set.of() : votes.seats(tx, request.id());
        return asked(tx, request)
                .filter(m -> !isOwn(policies, request, m.id()))
                .filter(m -> !request.exclude().contains(m.id()))
                .filter(m -> !tired.contains(m.id()) && !voted.contains(m.id()))
                .toList();
    }

    /** The members who may still decide, and their deputies. */
    List<Member> toTell(Tx tx, Request request) {
        Policies policies = directory.policies(tx);
        Map<UUID, Member> people = new LinkedHashMap<>();
        List<Member> members = members(tx, policies, request);
        members.forEach(m -> people.put(m.id(), m));
        for (Member member : members) {
            directory.deputiesOf(tx, member.id()).stream()
                    .filter(d -> covers(d, request))
                    .map(Delegation::to)
                    .filter(Member::active)
                    .filter(d -> !isOwn(policies, request, d.id())
                            && !request.exclude().contains(d.id()))
                    .forEach(d -> people.putIfAbsent(d.id(), d));
        }
        return List.copyOf(people.values());
    }

    private Stream<Member> asked(Tx tx, Request request) {
        return request.requiredRole().isPresent()
                ? directory.holders(tx, request.requiredRole().get()).stream()
                : request
                        .requiredUser()
                        .flatMap(id -> directory.member(tx, id.toString()))
                        .filter(Member::active)
                        .stream();
    }

    static boolean isAsked(Request request, Member member) {
        return request.requiredRole().filter(member.roles()::contains).isPresent()
                || request.requiredUser().filter(member.id()::equals).isPresent();
    }

    /** Whether a delegation is one of this request: of the role that is asked, or, without a scope, of the person. */
    static boolean covers(Delegation delegation, Request request) {
        boolean inScope = delegation.roles().isEmpty()
                || request.requiredRole().filter(delegation.roles()::contains).isPresent();
        return inScope && isAsked(request, delegation.from());
    }

    private static boolean isOwn(Policies policies, Request request, UUID member) {
        return !policies.selfApproval()
                && request.requester().filter(member::equals).isPresent();
    }
}
