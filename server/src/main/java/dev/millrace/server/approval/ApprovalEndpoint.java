package dev.millrace.server.approval;

import dev.millrace.engine.Approvals;
import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.engine.approval.Request;
import dev.millrace.engine.approval.Request.Shown;
import dev.millrace.engine.approval.RequestListRows.After;
import dev.millrace.engine.approval.RequestListRows.History;
import dev.millrace.engine.approval.Vote;
import dev.millrace.language.Reading;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Requests for approval, to read. */
@RestController
@RequestMapping("/api/v1/workflows/approvals")
public class ApprovalEndpoint {
    /** Beyond this many pending requests of one person the exact number helps nobody. */
    private static final int COUNT_MOST = 10_000;

    private static final List<String> STATUSES =
            List.of("pending", "approved", "rejected", "expired", "returned", "superseded", "cancelled");

    private final Engine engine;
    private final Approvals approvals;

    public ApprovalEndpoint(Engine engine) {
        this.engine = engine;
        this.approvals = engine.approvals();
    }

    record Count(int count) {}

    @Operation(summary = "Requests that wait for my decision, the most urgent first")
    @Needs("workflow:read")
    @GetMapping("/pending")
    Listing<ApprovalBody> pending(Caller caller, @ParameterObject Page page) {
        return engine.run(caller.tenant(), tx -> {
            Optional<After> after = page.after(id -> approvals.find(tx, id))
                    .map(request -> new After(request.expiresAt(), request.id()));
            return bodies(tx, pending(tx, caller, after, page.fetch()), page);
        });
    }

    @Operation(summary = "How many requests wait for my decision")
    @Needs("workflow:read")
    @GetMapping(path = "/pending", params = "count=true")
    Count count(Caller caller) {
        return engine.run(
                caller.tenant(),
                tx -> new Count(
                        pending(tx, caller, Optional.empty(), COUNT_MOST).size()));
    }

    /** An administrator oversees all of them, and decides none. */
    private List<Request> pending(Tx tx, Caller caller, Optional<After> after, int limit) {
        return caller.may("admin")
                ? approvals.allPending(tx, after, limit)
                : approvals.pendingFor(tx, caller.member(), after, limit);
    }

    /** What was asked and decided, the newest first. */
    @Operation(summary = "Requests that were decided, by state or by who decided")
    @Needs("workflow:read")
    @GetMapping
    Listing<ApprovalBody> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(name = "decided_by", required = false) @Nullable String decidedBy,
            @ParameterObject Page page) {
        Optional<String> wanted = Filters.oneOf("status", status, STATUSES);
        Optional<UUID> decider =
                Filters.oneOf("decided_by", decidedBy, List.of("me")).map(me -> caller.id());
        return engine.run(caller.tenant(), tx -> {
            Optional<UUID> before = page.after(id -> approvals.find(tx, id)).map(Request::id);
            var what = new History(wanted, decider, before);
            return bodies(tx, approvals.history(tx, caller.member(), Sight.oversees(caller), what, page.fetch()), page);
        });
    }

    private Listing<ApprovalBody> bodies(Tx tx, List<Request> fetched, Page page) {
        Map<UUID, List<Vote>> votes =
                approvals.votes(tx, fetched.stream().map(Request::id).toList());
        return Listing.of(
                fetched,
                page,
                Request::id,
                request -> ApprovalBody.of(request, votes.getOrDefault(request.id(), List.of())));
    }

    @Operation(summary = "A request with its document and what changed since")
    @Needs("workflow:read")
    @GetMapping("/{id}")
    ApprovalDetail get(Caller caller, @PathVariable String id) {
        return engine.run(caller.tenant(), tx -> {
            Request request = Sight.find(tx, approvals, caller, id);
            List<Vote> votes = approvals.votes(tx, List.of(request.id())).getOrDefault(request.id(), List.of());
            return new ApprovalDetail(
                    ApprovalBody.of(request, votes),
                    request.shown().map(Shown::snapshot),
                    approvals.differences(tx, request),
                    reading(tx, request));
        });
    }

    private Optional<String> reading(Tx tx, Request request) {
        return engine.definitions()
                .find(tx, request.definitionId())
                .map(stored -> Reading.of(
                                engine.definitions().compiled(stored),
                                engine.catalogues().of(tx))
                        .text());
    }
}
