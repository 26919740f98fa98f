package dev.millrace.server.approval;

import dev.millrace.engine.Approvals;
import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.approval.ApprovalDesk.Choice;
import dev.millrace.engine.approval.Request;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Decisions on requests for approval. */
@RestController
@RequestMapping("/api/v1/workflows/approvals")
public class DecisionEndpoint {
    private final Engine engine;
    private final Approvals approvals;

    public DecisionEndpoint(Engine engine) {
        this.engine = engine;
        this.approvals = engine.approvals();
    }

    /**
     * @param comment required to reject, and where the company's policies say so
     */
    record Decision(
            @Describe(value = "for the requester and the journal", most = 2000)
            Optional<String> comment,

            @Describe(
                    value = "the snapshot of the request that was shown; refused if the document has changed",
                    most = 64)
            Optional<String> snapshot) {
        Choice choice(boolean approve) {
            return new Choice(approve, comment.map(String::strip), snapshot);
        }
    }

    @Operation(summary = "Approve a request")
    @Needs("approval:decide")
    @PostMapping("/{id}/approve")
    Outcome approve(Caller caller, @PathVariable String id, @RequestBody(required = false) Body<Decision> body) {
        return decide(caller, id, true, body);
    }

    @Operation(summary = "Reject a request")
    @Needs("approval:decide")
    @PostMapping("/{id}/reject")
    Outcome reject(Caller caller, @PathVariable String id, @RequestBody(required = false) Body<Decision> body) {
        return decide(caller, id, false, body);
    }

    private Outcome decide(Caller caller, String id, boolean approve, Body<Decision> body) {
        Request request = find(caller, id);
        // Who comes too late is told so, whatever he wrote.
        Choice choice = request.isPending()
                ? body.read().choice(approve)
                : new Choice(approve, Optional.empty(), Optional.empty());
        return Outcome.of(approvals.decide(caller.tenant(), request.id(), caller.id(), choice));
    }

    record Return(
            @Describe(value = "what is to be changed", most = 2000)
            Optional<String> comment) {}

    /** Sends the document back for change: the step waits on, and asks again when it is submitted again. */
    @Operation(summary = "Send a document back for change")
    @Needs("approval:decide")
    @PostMapping("/{id}/return")
    Outcome sendBack(Caller caller, @PathVariable String id, @RequestBody(required = false) Body<Return> body) {
        Request request = find(caller, id);
        Optional<String> comment = request.isPending() ? body.read().comment().map(String::strip) : Optional.empty();
        return Outcome.of(approvals.sendBack(caller.tenant(), request.id(), caller.id(), comment));
    }

    record Handover(
            @Describe(value = "a role, or a member's id or e-mail", least = 1, most = 200)
            String to) {}

    /** Asks others instead: by whoever may decide it, or by an administrator when nobody can. */
    @Operation(summary = "Hand a request over to somebody else")
    @Needs({"approval:decide", "admin"})
    @PostMapping("/{id}/reassign")
    Outcome reassign(Caller caller, @PathVariable String id, @RequestBody Body<Handover> body) {
        Request request = find(caller, id);
        return Outcome.of(approvals.reassign(
                caller.tenant(),
                request.id(),
                caller.id(),
                caller.may("admin"),
                body.read().to().strip()));
    }

    enum Verdict {
        APPROVE,
        REJECT
    }

    record Many(
            @Describe(value = "the requests, each decided by itself", least = 1, most = 200)
            List<UUID> ids,

            @Describe("the same for all") Verdict decision,

            @Describe(value = "for the requesters and the journal", most = 2000)
            Optional<String> comment) {}

    record Results(List<BulkResult> items) {}

    /** Decides many, each in a transaction of its own: what is refused of one keeps none of the others back. */
    @Operation(summary = "Decide many requests; a result for each")
    @Needs("approval:decide")
    @PostMapping("/bulk")
    Results bulk(Caller caller, @RequestBody Body<Many> body) {
        Many many = body.read();
        var choice =
                new Choice(many.decision() == Verdict.APPROVE, many.comment().map(String::strip), Optional.empty());
        return new Results(many.ids().stream()
                .distinct()
                .map(id -> BulkResult.of(id, () -> one(caller, id, choice)))
                .toList());
    }

    private Outcome one(Caller caller, UUID id, Choice choice) {
        return Outcome.of(approvals.decide(caller.tenant(), id, caller.id(), choice));
    }

    /** Without regard to who may see it: who is not asked is told so. */
    private Request find(Caller caller, String id) {
        return engine.run(
                caller.tenant(), tx -> approvals.find(tx, Filters.id(id)).orElseThrow(Refusal::notFound));
    }
}
