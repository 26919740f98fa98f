package dev.millrace.erp.core;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Permissions;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Tells Admin of a submitted order that nobody decides on, by a task and a message. Joins the caller's transaction. */
public final class UnroutedNotice {
    private final Directory directory;
    private final Supplier<UUID> ids;
    private final TaskRows tasks = new TaskRows();

    public UnroutedNotice(Directory directory, Supplier<UUID> ids) {
        this.directory = directory;
        this.ids = ids;
    }

    /**
     * The order that waits.
     *
     * @param type {@code purchase_order}
     * @param party from whom or to whom, {@code from Godavari Logistics}
     * @param way out of it, as people are told: {@code approve or cancel the order by hand}
     * @param link of the order in the web app
     */
    public record Waiting(String type, UUID id, String number, String party, String way, String link) {}

    /**
     * @param reason why nobody decides
     */
    public void tell(Tx tx, Waiting order, String reason, Herald rule) {
        String title = order.number() + " waits: nobody decides on it";
        String body = order.number() + " " + order.party() + " is submitted, but " + reason + ". " + order.way();
        tasks.insertForRole(tx, ids.get(), Permissions.ADMIN, title, body, order.type(), order.id());
        directory.tell(tx, directory.holders(tx, Permissions.ADMIN), new Directory.Message(title, body, order.link()));
        rule.journal(
                tx,
                order.type() + ".held",
                order.type(),
                order.id(),
                Optional.of("pending_approval"),
                Optional.of("pending_approval"),
                reason);
    }
}
