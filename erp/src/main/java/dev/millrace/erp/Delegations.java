package dev.millrace.erp;

import static java.util.stream.Collectors.joining;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.DelegationRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Who decides for whom, for a while. A delegation gives what its giver holds himself, never what was delegated to him:
 * one link, no chain. Several at a time are allowed, then any of the deputies decides. Every method joins the caller's
 * transaction; who may call what is the caller's business.
 */
public final class Delegations {
    /** Longest time. */
    public static final Duration LONGEST = Duration.ofDays(366);

    private static final int REASON_MOST = 500;

    private final Trail trail;
    private final Directory directory;
    private final Supplier<UUID> ids;
    private final DelegationRows rows = new DelegationRows();

    Delegations(Trail trail, Directory directory, Supplier<UUID> ids) {
        this.trail = trail;
        this.directory = directory;
        this.ids = ids;
    }

    /** What came of making one. */
    public sealed interface Made {
        record Done(Delegation delegation) implements Made {}

        /** At least one problem; nothing was written. */
        record Refused(List<InputProblem> problems) implements Made {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /** What came of ending one. */
    public sealed interface Ended {
        record Done(Delegation delegation) implements Ended {}

        record NotFound() implements Ended {}

        /** It was ended before, or its time is past. */
        record OverAlready() implements Ended {}
    }

    /**
     * Those that are not over, newest first.
     *
     * @param member only those that the member gave or was given
     */
    public List<Delegation> open(Tx tx, Optional<UUID> member, Optional<UUID> before, int limit) {
        return rows.open(tx, member, before, limit);
    }

    /**
     * @param from whose requests the other may decide; an active member
     */
    public Made make(Tx tx, Member from, NewDelegation wanted, Actor actor) {
        var problems = new ArrayList<InputProblem>();
        Instant now = tx.now();
        Instant starts = wanted.starts().orElse(now);
        checkTime(wanted, starts, now, problems);
        checkRoles(from, wanted, problems);
        Optional<Member> to = directory.member(tx, wanted.to()).filter(Member::active);
        if (to.isEmpty()) {
            problems.add(new InputProblem(
                    "user_unknown",
                    "to",
                    "Expected the id or e-mail of an active member of this company at to but got '" + wanted.to()
                            + "'"));
        }
        to.ifPresent(deputy -> checkDeputy(tx, from, deputy, starts, wanted.ends(), problems));
        if (!problems.isEmpty()) {
            return new Made.Refused(problems);
        }
        var made = new Delegation(
                ids.get(),
                from,
                to.orElseThrow(),
                wanted.roles(),
                starts,
                wanted.ends(),
                wanted.reason(),
                actor.name(),
                now,
                Optional.empty());
        rows.insert(tx, made);
        journal(tx, made, "delegation.created", actor);
        return new Made.Done(made);
    }

    private static void checkTime(NewDelegation wanted, Instant starts, Instant now, List<InputProblem> problems) {
        Instant ends = wanted.ends();
        if (!ends.isAfter(now) || !ends.isAfter(starts)) {
            problems.add(new InputProblem(
                    "out_of_range",
                    "ends",
                    "Expected ends to lie ahead and behind starts, " + starts + ", but got " + ends));
        } else if (starts.isBefore(ends.minus(LONGEST)) || ends.isAfter(now.plus(LONGEST.multipliedBy(2)))) {
            problems.add(new InputProblem(
                    "out_of_range",
                    "ends",
                    "Expected a time of at most " + LONGEST.toDays() + " days that begins within a year, but got "
                            + starts + " to " + ends));
        }
        wanted.reason()
                .filter(text -> text.isBlank() || text.length() > REASON_MOST)
                .ifPresent(text -> problems.add(new InputProblem(
                        "out_of_range", "reason", "Expected 1 to " + REASON_MOST + " characters at reason")));
    }

    private static void checkRoles(Member from, NewDelegation wanted, List<InputProblem> problems) {
        var foreign = new TreeSet<>(wanted.roles());
        foreign.removeAll(from.roles());
        if (!foreign.isEmpty()) {
            problems.add(new InputProblem(
                    "role_not_held",
                    "roles",
                    "Expected roles that " + from.name() + " holds, " + new TreeSet<>(from.roles()) + ", but got "
                            + foreign + ": what was delegated cannot be passed on"));
        }
    }

    private void checkDeputy(Tx tx, Member from, Member to, Instant starts, Instant ends, List<InputProblem> problems) {
        if (to.id().equals(from.id())) {
            problems.add(new InputProblem("own_deputy", "to", "Expected somebody else than " + from.name() + " at to"));
            return;
        }
        if (!Permissions.of(to.roles()).contains("approval:decide")) {
            problems.add(new InputProblem(
                    "cannot_decide",
                    "to",
                    "Expected a member who may decide on requests at to, but no role of " + to.name()
                            + " lets one do so: name somebody else"));
        }
        rows.openFromDuring(tx, to.id(), starts, ends).stream()
                .findFirst()
                .ifPresent(away -> problems.add(new InputProblem(
                        "deputy_away",
                        "to",
                        "Expected somebody who is there, but " + to.name() + " is represented by "
                                + away.to().name() + " from " + away.starts() + " to " + away.ends()
                                + ", who could not decide for " + from.name() + ": name somebody else")));
    }

    /**
     * Ends one before its time, at once.
     *
     * @param givenBy only if this member gave it; anybody's when empty
     */
    public Ended end(Tx tx, UUID id, Optional<UUID> givenBy, Actor actor) {
        Optional<Delegation> found = rows.hold(tx, id)
                .filter(d -> givenBy.isEmpty() || givenBy.get().equals(d.from().id()));
        if (found.isEmpty()) {
            return new Ended.NotFound();
        }
        Delegation delegation = found.get();
        if (!delegation.isOpen(tx.now())) {
            return new Ended.OverAlready();
        }
        rows.end(tx, id, actor.name());
        journal(tx, delegation, "delegation.ended", actor);
        return new Ended.Done(delegation);
    }

    private void journal(Tx tx, Delegation delegation, String type, Actor actor) {
        boolean begins = type.equals("delegation.created");
        String roles = delegation.roles().isEmpty()
                ? "all roles"
                : delegation.roles().stream().sorted().collect(joining(", "));
        trail.write(
                tx,
                actor,
                type,
                "delegation",
                delegation.id(),
                begins ? Optional.empty() : Optional.of("open"),
                Optional.of(begins ? "open" : "ended"),
                delegation.to().name() + " for " + delegation.from().name() + ", " + roles + ", from "
                        + delegation.starts() + " to " + delegation.ends()
                        + delegation.reason().map(text -> ": " + text).orElse(""));
    }
}
