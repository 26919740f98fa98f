package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory;
import dev.millrace.engine.Directory.Message;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.TaskRows;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What becomes of tasks. Whose task it is not does not learn that it is there. Every method joins the caller's transaction. */
public final class Tasks {
    private static final String LINK = "/tasks";

    private final Trail trail;
    private final Directory directory;
    private final TaskRows rows = new TaskRows();

    Tasks(Trail trail, Directory directory) {
        this.trail = trail;
        this.directory = directory;
    }

    /** What came of it. */
    public sealed interface Changed {
        record Done(Task task) implements Changed {}

        /** It is not there, or not this member's. */
        record NotFound() implements Changed {}

        /** It is done or cancelled already. */
        record NotOpen(Task task) implements Changed {}

        /** There is nobody active who could do it. */
        record Nobody(String whom) implements Changed {}
    }

    /** To whom a task goes. */
    public sealed interface To {
        record ToRole(String role) implements To {}

        /**
         * @param member id or e-mail
         */
        record ToMember(String member) implements To {}
    }

    /**
     * @param anybodys also a task of others
     */
    public boolean isSeen(Tx tx, UUID id, Member member, boolean anybodys) {
        return rows.find(tx, id).filter(task -> anybodys || isOf(task, member)).isPresent();
    }

    /**
     * @param comment for the journal; empty for none
     */
    public Changed done(Tx tx, UUID id, Member member, String comment) {
        return change(tx, id, member, false, task -> {
            rows.done(tx, id, member.id());
            journal(tx, Actor.user(member), "task.done", task, "done", comment);
            return changed(tx, id);
        });
    }

    /**
     * Hands an open task over, and tells those who have it then.
     *
     * @param anybodys also a task of others
     */
    public Changed reassign(Tx tx, UUID id, Member member, boolean anybodys, To to, String comment) {
        return change(tx, id, member, anybodys, task -> {
            List<Member> receivers = receivers(tx, to);
            String whom = whom(to);
            if (receivers.isEmpty()) {
                return new Changed.Nobody(whom);
            }
            switch (to) {
                case To.ToRole role -> rows.reassign(tx, id, Optional.of(role.role()), Optional.empty());
                case To.ToMember one ->
                    rows.reassign(
                            tx,
                            id,
                            Optional.empty(),
                            Optional.of(receivers.getFirst().id()));
            }
            journal(tx, Actor.user(member), "task.reassigned", task, whom, comment);
            directory.tell(tx, receivers, new Message("Task: " + task.title(), comment, LINK));
            return changed(tx, id);
        });
    }

    private interface Change {
        Changed on(Task task);
    }

    private Changed change(Tx tx, UUID id, Member member, boolean anybodys, Change change) {
        Optional<Task> task = rows.hold(tx, id).filter(held -> anybodys || isOf(held, member));
        if (task.isEmpty()) {
            return new Changed.NotFound();
        }
        return task.get().status().equals("open") ? change.on(task.get()) : new Changed.NotOpen(task.get());
    }

    private Changed changed(Tx tx, UUID id) {
        return new Changed.Done(rows.find(tx, id).orElseThrow());
    }

    private static boolean isOf(Task task, Member member) {
        return task.member().filter(member.id()::equals).isPresent()
                || task.role().filter(member.roles()::contains).isPresent();
    }

    private List<Member> receivers(Tx tx, To to) {
        return switch (to) {
            case To.ToRole role -> directory.holders(tx, role.role());
            case To.ToMember one ->
                directory.member(tx, one.member()).filter(Member::active).stream()
                        .toList();
        };
    }

    private static String whom(To to) {
        return switch (to) {
            case To.ToRole role -> role.role();
            case To.ToMember one -> one.member();
        };
    }

    private void journal(Tx tx, Actor actor, String type, Task task, String after, String comment) {
        trail.write(
                tx,
                actor,
                type,
                "task",
                task.id(),
                Optional.of(
                        task.role().or(() -> task.member().map(UUID::toString)).orElse("")),
                Optional.of(after),
                task.title() + (comment.isEmpty() ? "" : ": " + comment));
    }
}
