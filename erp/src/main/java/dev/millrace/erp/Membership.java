package dev.millrace.erp;

import static java.util.stream.Collectors.joining;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.MemberRows;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Changes who is active and who holds which role. Nobody changes their own, and somebody active always holds
 * {@link Permissions#ADMIN}. Joins the caller's transaction; the caller tells the engine.
 */
public final class Membership {
    private final Trail trail;
    private final CompanyRows companies = new CompanyRows();
    private final MemberRows members = new MemberRows();

    Membership(Trail trail) {
        this.trail = trail;
    }

    /** What came of it. */
    public sealed interface Changed {
        /** {@code member} is as he is now; nothing was written where that is as he was. */
        record Done(Member before, Member member) implements Changed {}

        record NotFound() implements Changed {}

        /** It is the one who asks for it. */
        record Own() implements Changed {}

        /** Nobody active would be an administrator any more. */
        record LastAdmin() implements Changed {}

        /** The company has no such roles. */
        record UnknownRoles(Set<String> roles) implements Changed {}
    }

    /**
     * @param active as it is when empty; so too with {@code roles}
     */
    public Changed change(Tx tx, UUID id, Optional<Boolean> active, Optional<Set<String>> roles, Actor actor) {
        // One at a time: two administrators who switch each other off would leave none.
        companies.hold(tx);
        Optional<Member> found = members.hold(tx, id);
        if (found.isEmpty()) {
            return new Changed.NotFound();
        }
        if (actor.id().filter(id.toString()::equals).isPresent()) {
            return new Changed.Own();
        }
        Set<String> unknown = new TreeSet<>(roles.orElse(Set.of()));
        unknown.removeAll(members.roleSizes(tx).keySet());
        if (!unknown.isEmpty()) {
            return new Changed.UnknownRoles(unknown);
        }
        Member before = found.get();
        var wanted = new Member(
                before.id(),
                before.name(),
                before.email(),
                active.orElse(before.active()),
                roles.orElse(before.roles()));
        if (isAdmin(before)
                && !isAdmin(wanted)
                && members.holders(tx, Permissions.ADMIN).size() == 1) {
            return new Changed.LastAdmin();
        }
        write(tx, before, wanted, actor);
        return new Changed.Done(
                before, Objects.requireNonNull(members.byIds(tx, Set.of(id)).get(id)));
    }

    private void write(Tx tx, Member before, Member wanted, Actor actor) {
        if (before.active() != wanted.active()) {
            members.setActive(tx, before.id(), wanted.active());
            journal(tx, wanted.active() ? "member.activated" : "member.deactivated", before, wanted, actor);
        }
        if (!before.roles().equals(wanted.roles())) {
            members.setRoles(tx, before.id(), wanted.roles());
            journal(tx, "member.roles_changed", before, wanted, actor);
        }
    }

    private static boolean isAdmin(Member member) {
        return member.active() && member.roles().contains(Permissions.ADMIN);
    }

    private void journal(Tx tx, String type, Member before, Member after, Actor actor) {
        trail.write(
                tx,
                actor,
                type,
                "member",
                before.id(),
                Optional.of(summary(before)),
                Optional.of(summary(after)),
                before.name());
    }

    private static String summary(Member member) {
        return (member.active() ? "active: " : "not active: ")
                + member.roles().stream().sorted().collect(joining(", "));
    }
}
