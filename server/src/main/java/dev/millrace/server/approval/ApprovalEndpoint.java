package dev.millrace.server.approval;

import dev.millrace.engine.Approvals;
import dev.millrace.engine.Decided;
import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.approval.ApprovalRows.After;
import dev.millrace.engine.approval.Request;
import dev.millrace.server.approval.ApprovalBody.DecisionBody;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Requests for approval. */
@RestController
@RequestMapping("/api/v1/workflows/approvals")
public class ApprovalEndpoint {
    /** Beyond this many pending requests of one person the exact number helps nobody. */
    private static final int COUNT_MOST = 10_000;

    private final Engine engine;
    private final Approvals approvals;

    public ApprovalEndpoint(Engine engine) {
        this.engine = engine;
        this.approvals = engine.approvals();
    }

    /**
     * @param comment required to reject
     */
    record Comment(
            @Describe(value = "for the requester and the journal", most = 2000)
            Optional<String> comment) {}

    record Decision(
            UUID id,
            String status,
            Optional<UUID> decidedBy,
            Optional<String> decidedByName,
            Optional<Instant> decidedAt) {}

    record Count(int count) {}

    @Needs("workflow:read")
    @GetMapping("/pending")
    Listing<ApprovalBody> pending(Caller caller, @ParameterObject Page page) {
        return engine.run(caller.tenant(), tx -> {
            Optional<After> after = page.after(id -> approvals.find(tx, id))
                    .map(request -> new After(request.expiresAt(), request.id()));
            return Listing.of(pending(tx, caller, after, page.fetch()), page, Request::id, ApprovalBody::of);
        });
    }

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

    @Needs("workflow:read")
    @GetMapping("/{id}")
    ApprovalBody get(Caller caller, @PathVariable String id) {
        return engine.run(caller.tenant(), tx -> ApprovalBody.of(find(tx, id)));
    }

    @Needs("approval:decide")
    @PostMapping("/{id}/approve")
    Decision approve(Caller caller, @PathVariable String id, @RequestBody(required = false) Body<Comment> body) {
        return decide(caller, id, true, body);
    }

    @Needs("approval:decide")
    @PostMapping("/{id}/reject")
    Decision reject(Caller caller, @PathVariable String id, @RequestBody(required = false) Body<Comment> body) {
        return decide(caller, id, false, body);
    }

    private Decision decide(Caller caller, String id, boolean approve, Body<Comment> body) {
        Request request = engine.run(caller.tenant(), tx -> find(tx, id));
        // Who comes too late is told so, whatever he wrote.
        Optional<String> comment = request.isPending() ? body.read().comment().map(String::strip) : Optional.empty();
        return switch (approvals.decide(caller.tenant(), request.id(), caller.id(), approve, comment)) {
            case Decided.Done done -> decision(done.request());
            case Decided.TooLate late -> throw tooLate(late.request());
            case Decided.Forbidden forbidden -> throw Refusal.forbidden(forbidden.code(), forbidden.message() + ".");
            case Decided.CommentRequired none ->
                throw Refusal.invalid(
                        "comment_required", "comment", "A rejection must say why: add a comment for the requester.");
            case Decided.NotFound none -> throw Refusal.notFound();
        };
    }

    private Request find(Tx tx, String id) {
        return approvals.find(tx, Filters.id(id)).orElseThrow(Refusal::notFound);
    }

    private static Decision decision(Request request) {
        DecisionBody made = DecisionBody.of(request);
        return new Decision(request.id(), request.status(), made.decidedBy(), made.decidedByName(), made.decidedAt());
    }

    private static Refusal tooLate(Request request) {
        DecisionBody made = DecisionBody.of(request);
        Refusal refusal = switch (request.status()) {
            case "approved", "rejected" ->
                Refusal.conflict(
                        "already_decided",
                        made.decidedByName().orElse("Somebody") + " was first: it is " + request.status() + ".");
            case "cancelled" ->
                Refusal.conflict("cancelled", "The workflow was cancelled; there is nothing to decide.");
            default ->
                request.escalatedTo().isPresent()
                        ? Refusal.conflict("escalated", "The time to decide was over; somebody else is asked now.")
                        : Refusal.conflict("expired", "The time to decide is over.");
        };
        return refusal.with("decision", made);
    }
}
