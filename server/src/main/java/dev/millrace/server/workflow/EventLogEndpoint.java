package dev.millrace.server.workflow;

import dev.millrace.engine.Engine;
import dev.millrace.engine.EventLog.Filter;
import dev.millrace.engine.StartedLater;
import dev.millrace.engine.StoredEvent;
import dev.millrace.engine.StoredEvent.Outcome;
import dev.millrace.engine.Tx;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The events that came in: what each started, why something did not start, and starting it later. */
@RestController
@RequestMapping("/api/v1/events")
public class EventLogEndpoint {
    private final Engine engine;
    private final VisibleEvents visible;

    EventLogEndpoint(Engine engine, VisibleEvents visible) {
        this.engine = engine;
        this.visible = visible;
    }

    /** Events of the modules that the caller may read, newest first. */
    @Operation(summary = "Events that came in, newest first")
    @Needs("workflow:read")
    @GetMapping
    Listing<EventItem> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String outcome,
            @ParameterObject Page page) {
        var filter = new Filter(
                visible.names(caller, Filters.text("name", name)),
                Filters.instant("from", from),
                Filters.instant("to", to),
                Filters.oneOf("outcome", outcome, Outcome.class));
        return engine.run(caller.tenant(), tx -> {
            Optional<UUID> behind =
                    page.after(id -> engine.eventLog().find(tx, id)).map(StoredEvent::id);
            return Listing.of(
                    engine.eventLog().list(tx, filter, behind, page.fetch()), page, StoredEvent::id, EventItem::of);
        });
    }

    @Operation(summary = "An event, and what it started or why not")
    @Needs("workflow:read")
    @GetMapping("/{id}")
    EventBody get(Caller caller, @PathVariable String id) {
        return engine.run(caller.tenant(), tx -> {
            StoredEvent event = find(tx, caller, id);
            return EventBody.of(event, engine.eventLog().later(tx, event.id()));
        });
    }

    /** Holds a stored event against the definitions that are live now; each workflow is started once by an event. */
    @Operation(summary = "Start the workflows that are live now for a stored event")
    @Needs("workflow:run")
    @PostMapping("/{id}/start")
    @ResponseStatus(HttpStatus.ACCEPTED)
    StartedBody start(Caller caller, @PathVariable String id) {
        return engine.run(caller.tenant(), tx -> {
            StoredEvent event = find(tx, caller, id);
            return StartedBody.of(engine.eventLog().startLater(tx, event, caller.actor()));
        });
    }

    private StoredEvent find(Tx tx, Caller caller, String id) {
        return engine.eventLog()
                .find(tx, Filters.id(id))
                .filter(event -> visible.mayRead(caller, event.name()))
                .orElseThrow(Refusal::notFound);
    }

    /**
     * @param executions started now
     * @param declined definitions whose condition says no
     * @param already workflows that the event had started before
     */
    record StartedBody(List<UUID> executions, List<EventBody.DeclinedBody> declined, List<String> already) {
        static StartedBody of(StartedLater started) {
            return new StartedBody(
                    started.executions(),
                    started.declined().stream().map(EventBody.DeclinedBody::of).toList(),
                    started.already());
        }
    }
}
