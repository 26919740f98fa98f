package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.MemberRows;
import dev.millrace.erp.core.MemberRows.Contact;
import java.util.List;
import java.util.Optional;

/** How a member wants to be told. In the app always; by e-mail who wishes it. Joins the caller's transaction. */
public final class Preferences {
    private final Trail trail;
    private final MemberRows members = new MemberRows();

    Preferences(Trail trail) {
        this.trail = trail;
    }

    public boolean byEmail(Tx tx, Member member) {
        return members.contacts(tx, List.of(member.id())).stream().anyMatch(Contact::prefersEmail);
    }

    /** May be called twice. */
    public void setByEmail(Tx tx, Member member, boolean wanted) {
        boolean before = byEmail(tx, member);
        if (before == wanted) {
            return;
        }
        members.preferEmail(tx, member.id(), wanted);
        trail.write(
                tx,
                Actor.user(member),
                "member.preferences_changed",
                "member",
                member.id(),
                Optional.of(words(before)),
                Optional.of(words(wanted)),
                member.name());
    }

    private static String words(boolean byEmail) {
        return byEmail ? "in the app and by e-mail" : "in the app";
    }
}
