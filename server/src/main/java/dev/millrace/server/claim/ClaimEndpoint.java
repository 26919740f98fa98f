package dev.millrace.server.claim;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.ExpenseClaim;
import dev.millrace.erp.ExpenseClaims;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.Hand;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.request.ReasonForm;
import dev.millrace.server.security.Asked;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Expense claims. Every member submits and sees their own; in somebody else's name it is the work of Accounts. */
@RestController
@RequestMapping("/api/v1/expense-claims")
public class ClaimEndpoint {
    private static final String READ_ALL = "erp:read:finance";
    private static final String WRITE_ALL = "erp:write:finance";

    private final Engine engine;
    private final ExpenseClaims claims;
    private final Asked asked;

    public ClaimEndpoint(Engine engine, Erp erp, Trail trail, Asked asked) {
        this.engine = engine;
        this.asked = asked;
        this.claims = erp.expenseClaims(engine.events(), engine.documents(), trail);
    }

    record ApproveClaimForm(
            @Describe("at most the claimed amount, which it is when absent")
            Optional<BigDecimal> amount) {}

    @Operation(summary = "Submit an expense claim")
    @Needs("erp:read:own")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<ExpenseClaim> submit(Caller caller, @RequestBody Body<ClaimForm> body) {
        ClaimForm form = body.read();
        if (form.employeeId().filter(id -> !id.equals(caller.id())).isPresent()) {
            caller.require(WRITE_ALL);
        }
        ExpenseClaim claim = engine.run(caller.tenant(), tx -> claims.submit(tx, form.submission(), caller.actor()));
        return ResponseEntity.created(URI.create("/api/v1/expense-claims/" + claim.id()))
                .body(claim);
    }

    @Operation(summary = "Approve a claim by hand, on which no workflow decides, and book it; never one's own")
    @Needs(WRITE_ALL)
    @PostMapping("/{id}/approve")
    ExpenseClaim approve(Caller caller, @PathVariable String id, @RequestBody Body<ApproveClaimForm> body) {
        return change(
                caller,
                id,
                (tx, claim) ->
                        Hand.outcome(claims.approve(tx, claim, body.read().amount(), caller.actor()), "this claim"));
    }

    @Operation(summary = "Reject a claim by hand; who is asked about it is asked no more")
    @Needs(WRITE_ALL)
    @PostMapping("/{id}/reject")
    ExpenseClaim reject(Caller caller, @PathVariable String id, @RequestBody Body<ReasonForm> body) {
        return change(
                caller, id, (tx, claim) -> claims.reject(tx, claim, body.read().reason(), caller.actor()));
    }

    private ExpenseClaim change(Caller caller, String id, BiFunction<Tx, UUID, ExpenseClaim> change) {
        UUID claim = Filters.id(id);
        return engine.run(caller.tenant(), tx -> {
            Refusal.requireFound(claims.find(tx, claim));
            return change.apply(tx, claim);
        });
    }

    @Operation(summary = "Expense claims without their lines, newest first; one's own for who reads no others")
    @Needs("erp:read:own")
    @GetMapping
    Listing<ExpenseClaim> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(name = "employee_id", required = false) @Nullable String employeeId,
            @ParameterObject Page page) {
        var wanted = Filters.oneOf("status", status, ExpenseClaim.Status.class);
        Optional<UUID> named = Filters.uuid("employee_id", employeeId);
        Optional<UUID> employee = caller.may(READ_ALL) ? named : Optional.of(caller.id());
        return engine.run(caller.tenant(), tx -> {
            Optional<UUID> before = page.after(id -> claims.find(tx, id)).map(ExpenseClaim::id);
            return Listing.of(
                    claims.list(tx, wanted, employee, before, page.fetch()), page, ExpenseClaim::id, claim -> claim);
        });
    }

    @Operation(summary = "An expense claim with its lines")
    @Needs("erp:read:own")
    @GetMapping("/{id}")
    ExpenseClaim get(Caller caller, @PathVariable String id) {
        UUID wanted = Filters.id(id);
        return engine.run(
                caller.tenant(),
                tx -> claims.find(tx, wanted)
                        .filter(claim ->
                                caller.may(READ_ALL) || isOwn(claim, caller) || asked.isAsked(tx, caller, claim.id()))
                        .orElseThrow(Refusal::notFound));
    }

    private static boolean isOwn(ExpenseClaim claim, Caller caller) {
        return claim.employee().id().equals(caller.id()) || claim.submittedBy().equals(caller.id());
    }
}
