package dev.millrace.server.delegation;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Member;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.NewDelegation;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Everybody's delegations, and those for somebody who is away already. */
@RestController
@RequestMapping("/api/v1/admin/delegations")
public class DelegationEndpoint {
    private final Engine engine;
    private final Erp erp;
    private final DelegationDesk desk;

    DelegationEndpoint(Engine engine, Erp erp, DelegationDesk desk) {
        this.engine = engine;
        this.erp = erp;
        this.desk = desk;
    }

    record DelegationForm(
            @Describe("id or e-mail of who is away") String from,

            @Describe("id or e-mail of who decides meanwhile")
            String to,

            @Describe(
                    "for requests to these roles only; all that from holds, and what is asked of from in person, when absent")
            Optional<List<String>> roles,

            @Describe("at once when absent") Optional<Instant> starts,
            @Describe("at most 366 days later") Instant ends,
            @Describe("for people") Optional<String> reason) {

        NewDelegation wanted() {
            return new NewDelegation(to, roles.map(Set::copyOf).orElse(Set.of()), starts, ends, reason);
        }
    }

    /** Those that are not over. */
    @Operation(summary = "Delegations of the whole company")
    @Needs("admin")
    @GetMapping
    Listing<DelegationBody> list(Caller caller, @ParameterObject Page page) {
        return desk.list(caller, Optional.empty(), page);
    }

    @Operation(summary = "Name a deputy for a member")
    @Needs("admin")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<DelegationBody> create(Caller caller, @RequestBody Body<DelegationForm> body) {
        DelegationForm form = body.read();
        DelegationBody made = engine.run(caller.tenant(), tx -> {
            Member from = erp.directory()
                    .member(tx, form.from())
                    .filter(Member::active)
                    .orElseThrow(() -> Refusal.invalid(
                            "user_unknown",
                            "from",
                            "Expected the id or e-mail of an active member of this company at from but got '"
                                    + form.from() + "'"));
            return desk.make(tx, from, form.wanted(), caller);
        });
        return ResponseEntity.created(URI.create("/api/v1/admin/delegations/" + made.id()))
                .body(made);
    }

    /** Ends one at once. */
    @Operation(summary = "End a delegation")
    @Needs("admin")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> end(Caller caller, @PathVariable String id) {
        desk.end(caller, id, Optional.empty());
        return ResponseEntity.noContent().build();
    }
}
