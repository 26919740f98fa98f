package dev.millrace.server.workflow;

import dev.millrace.engine.Engine;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.Json;
import dev.millrace.engine.Published;
import dev.millrace.engine.action.Describe;
import dev.millrace.server.request.Body;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes ERP events from outside. */
@RestController
public class EventEndpoint {
    private final Engine engine;

    public EventEndpoint(Engine engine) {
        this.engine = engine;
    }

    /** What happened, as another system tells it. */
    record EventForm(
            @Describe(value = "its name", most = 200) String event,

            @Describe("what happened, as the event's schema says")
            Map<String, JsonNode> payload,

            @Describe(value = "makes it idempotent", least = 1, most = 200)
            Optional<String> eventId) {
        ObjectNode tree() {
            ObjectNode tree = Json.object();
            payload.forEach(tree::set);
            return tree;
        }
    }

    /**
     * @param executions started, at most 100 of them; {@code started} counts all
     * @param declined enabled definitions on the event that did not start, and why
     * @param repeated this is the answer that the event had when it came first
     */
    record PublishedBody(
            String eventId, List<UUID> executions, int started, List<NotStartedBody> declined, boolean repeated) {}

    record NotStartedBody(UUID workflowId, String workflowName, int version, String reason, JsonNode values) {}

    @Operation(summary = "Publish an event from outside")
    @Needs("event:publish")
    @PostMapping("/api/v1/events")
    @ResponseStatus(HttpStatus.ACCEPTED)
    PublishedBody publish(Caller caller, @RequestBody Body<EventForm> body) {
        EventForm event = body.read();
        Published published = engine.run(
                caller.tenant(),
                tx -> engine.events()
                        .publish(tx, new NewEvent(event.eventId(), event.event(), event.tree(), caller.actor(), 0)));
        return new PublishedBody(
                published.eventId(),
                published.executions(),
                published.started(),
                published.declined().stream()
                        .map(no -> new NotStartedBody(
                                no.definition(), no.workflow(), no.version(), no.reason(), no.values()))
                        .toList(),
                published.repeated());
    }
}
