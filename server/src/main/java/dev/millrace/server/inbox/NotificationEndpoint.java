package dev.millrace.server.inbox;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Inbox;
import dev.millrace.erp.Notification;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Messages: one's own, and for administrators all that left the company or stayed in the sandbox. */
@RestController
@RequestMapping("/api/v1/notifications")
public class NotificationEndpoint {
    private final Engine engine;
    private final Inbox inbox;

    public NotificationEndpoint(Engine engine, Erp erp) {
        this.engine = engine;
        this.inbox = erp.inbox();
    }

    @Operation(summary = "My messages, newest first; for administrators all of the company")
    @Needs("workflow:read")
    @GetMapping
    Listing<Notification> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String mine,
            @RequestParam(required = false) @Nullable String unread,
            @ParameterObject Page page) {
        boolean own = Filters.oneOf("mine", mine, List.of("", "true", "false"))
                .map(text -> !text.equals("false"))
                .orElse(true);
        boolean unreadOnly = Filters.oneOf("unread", unread, List.of("", "true", "false"))
                .map(text -> !text.equals("false"))
                .orElse(false);
        if (!own) {
            caller.require("admin");
        }
        Optional<UUID> before = page.after(Optional::of);
        return engine.run(
                caller.tenant(),
                tx -> Listing.of(
                        own
                                ? inbox.notifications(tx, caller.id(), unreadOnly, before, page.fetch())
                                : inbox.outbox(tx, before, page.fetch()),
                        page,
                        Notification::id,
                        notification -> notification));
    }

    record ReadForm(
            @Describe(value = "all when absent", most = 1_000)
            Optional<List<UUID>> ids) {}

    /**
     * @param read how many had not been read before
     */
    record ReadBody(int read) {}

    /** Own ones only; others' are left out. */
    @Operation(summary = "Mark messages of mine as read")
    @Needs("workflow:read")
    @PostMapping("/read")
    ReadBody read(Caller caller, @RequestBody Body<ReadForm> body) {
        Optional<List<UUID>> ids = body.read().ids();
        if (ids.filter(List::isEmpty).isPresent()) {
            return new ReadBody(0);
        }
        return engine.run(caller.tenant(), tx -> new ReadBody(inbox.markRead(tx, caller.id(), ids.orElse(List.of()))));
    }
}
