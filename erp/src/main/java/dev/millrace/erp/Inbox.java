package dev.millrace.erp;

import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.NotificationRows;
import dev.millrace.erp.core.TaskRows;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a member is told and asked to do, and the outbox: all messages of the company, where a sandbox's can be seen.
 * Lists are newest first; {@code before} is the id of the last one seen.
 */
public final class Inbox {
    /** Most that one page of a list holds. */
    public static final int PAGE_MOST = 500;

    private final NotificationRows notifications = new NotificationRows();
    private final TaskRows tasks = new TaskRows();

    Inbox() {}

    public List<Notification> notifications(Tx tx, UUID member, boolean unreadOnly, Optional<UUID> before, int limit) {
        return notifications.ofMember(tx, member, unreadOnly, before, within(limit));
    }

    /**
     * @param ids empty: all
     * @return how many had not been read; may be called twice
     */
    public int markRead(Tx tx, UUID member, List<UUID> ids) {
        return notifications.markRead(tx, member, ids);
    }

    /** Every message of the company, in all channels. */
    public List<Notification> outbox(Tx tx, Optional<UUID> before, int limit) {
        return notifications.newest(tx, before, within(limit));
    }

    /** Tasks of everybody, in every state. */
    public List<Task> allTasks(Tx tx, Optional<UUID> before, int limit) {
        return tasks.all(tx, before, within(limit));
    }

    /** Open tasks of the member and of the roles that they hold. */
    public List<Task> tasks(Tx tx, Member member, Optional<UUID> before, int limit) {
        return tasks.open(tx, member.id(), member.roles(), before, within(limit));
    }

    private static int within(int limit) {
        return Math.clamp(limit, 1, PAGE_MOST);
    }
}
