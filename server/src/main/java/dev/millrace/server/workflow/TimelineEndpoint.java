package dev.millrace.server.workflow;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Timeline;
import dev.millrace.engine.Timeline.Moment;
import dev.millrace.engine.Timeline.Waiting;
import dev.millrace.engine.Tx;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Filters;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** "Where is my order, and why?": one timeline of a document over every workflow that ran, or did not. */
@RestController
public class TimelineEndpoint {
    private final Engine engine;
    private final VisibleDocuments visible;

    TimelineEndpoint(Engine engine, VisibleDocuments visible) {
        this.engine = engine;
        this.visible = visible;
    }

    /**
     * @param waiting what the document waits for now, on whom, since when
     * @param timeline oldest first
     * @param truncated there is more than is shown
     */
    record TimelineBody(
            String entityType,
            UUID entityId,
            List<WaitingBody> waiting,
            List<MomentBody> timeline,
            boolean truncated) {}

    /**
     * @param kind "approval", or "step" for another wait
     * @param until when the next deadline passes, or the time has come
     */
    record WaitingBody(
            String kind,
            UUID executionId,
            String workflowName,
            int version,
            String stepId,
            Optional<String> role,
            Optional<UUID> user,
            Optional<UUID> approvalId,
            Optional<Instant> since,
            Optional<Instant> until) {
        static WaitingBody of(Waiting waiting) {
            return new WaitingBody(
                    waiting.kind(),
                    waiting.execution(),
                    waiting.workflow(),
                    waiting.version(),
                    waiting.step(),
                    waiting.role(),
                    waiting.user(),
                    waiting.approval(),
                    waiting.since(),
                    waiting.until());
        }
    }

    /**
     * @param kind {@code event, not_started, started, skipped, asked, decided, noted} or {@code ended}
     * @param because why not, with the values that the condition read
     */
    record MomentBody(
            Instant at,
            String kind,
            String what,
            Optional<String> by,
            Optional<UUID> eventId,
            Optional<UUID> executionId,
            Optional<String> workflowName,
            Optional<Integer> version,
            Optional<String> stepId,
            Optional<UUID> approvalId,
            Optional<String> because,
            JsonNode values) {
        static MomentBody of(Moment moment) {
            return new MomentBody(
                    moment.at(),
                    moment.kind().name().toLowerCase(Locale.ROOT),
                    moment.what(),
                    moment.by(),
                    moment.subject().event(),
                    moment.subject().execution(),
                    moment.subject().workflow(),
                    moment.subject().version(),
                    moment.subject().step(),
                    moment.subject().approval(),
                    moment.because(),
                    moment.values());
        }
    }

    @Operation(summary = "All that happened to a document")
    @Needs("workflow:read")
    @GetMapping("/api/v1/workflows/entities/{type}/{id}/timeline")
    TimelineBody timeline(Caller caller, @PathVariable String type, @PathVariable String id) {
        return engine.run(caller.tenant(), tx -> read(tx, caller, type, Filters.id(id)));
    }

    private TimelineBody read(Tx tx, Caller caller, String type, UUID id) {
        if (!visible.isKnown(caller, type)) {
            throw Refusal.notFound();
        }
        Timeline timeline = engine.timelines().of(tx, type, id);
        if (timeline.isEmpty() || !visible.mayRead(tx, caller, type, id)) {
            throw Refusal.notFound();
        }
        return new TimelineBody(
                type,
                id,
                timeline.waiting().stream().map(WaitingBody::of).toList(),
                timeline.moments().stream().map(MomentBody::of).toList(),
                timeline.truncated());
    }
}
