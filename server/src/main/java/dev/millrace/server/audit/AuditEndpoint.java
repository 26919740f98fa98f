package dev.millrace.server.audit;

import dev.millrace.engine.Engine;
import dev.millrace.engine.journal.ChainVerifier.Broken;
import dev.millrace.engine.journal.ChainVerifier.Verified;
import dev.millrace.engine.journal.JournalRows.Filter;
import dev.millrace.engine.journal.JournalRows.Stored;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The journal: what was done, by whom, and whether somebody changed the record of it. */
@RestController
@RequestMapping("/api/v1/audit-logs")
public class AuditEndpoint {
    private final Engine engine;

    public AuditEndpoint(Engine engine) {
        this.engine = engine;
    }

    /**
     * @param seq its number in the company's chain
     */
    record EntryBody(
            Optional<Long> seq,
            Instant at,
            String type,
            ActorBody actor,
            String resourceType,
            String resourceId,
            Optional<UUID> executionId,
            Optional<String> stepId,
            Optional<UUID> workflowId,
            Optional<String> workflowName,
            Optional<Integer> version,
            Optional<String> before,
            Optional<String> after,
            Optional<String> comment,
            Optional<String> traceId) {
        static EntryBody of(Stored entry) {
            return new EntryBody(
                    entry.seq(),
                    entry.at(),
                    entry.type(),
                    new ActorBody(
                            entry.actor().kind(),
                            entry.actor().id(),
                            entry.actor().name()),
                    entry.resourceType(),
                    entry.resourceId(),
                    entry.executionId(),
                    entry.stepId(),
                    entry.definitionId(),
                    entry.workflowName(),
                    entry.version(),
                    entry.before(),
                    entry.after(),
                    entry.comment(),
                    entry.traceId());
        }
    }

    record ActorBody(String kind, Optional<String> id, String name) {}

    record Verification(boolean ok, long entries, long sealed, long unsealed, Optional<Broken> firstBroken) {}

    @Needs("audit:read")
    @GetMapping
    Listing<EntryBody> list(
            Caller caller,
            @RequestParam(name = "resource_type", required = false) @Nullable String resourceType,
            @RequestParam(name = "resource_id", required = false) @Nullable String resourceId,
            @ParameterObject Page page) {
        var filter = new Filter(
                Filters.text("resource_type", resourceType),
                Filters.text("resource_id", resourceId),
                page.afterNumber());
        return engine.run(
                caller.tenant(),
                tx -> Listing.of(
                        engine.journal().list(tx, filter, page.fetch()),
                        page,
                        entry -> entry.seq().orElse(0L),
                        EntryBody::of));
    }

    @Needs("audit:read")
    @GetMapping("/verify")
    Verification verify(Caller caller) {
        Verified found = engine.run(caller.tenant(), tx -> engine.journal().verify(tx));
        return new Verification(found.ok(), found.entries(), found.sealed(), found.unsealed(), found.firstBroken());
    }
}
