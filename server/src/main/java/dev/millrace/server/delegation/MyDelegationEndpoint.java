package dev.millrace.server.delegation;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.NewDelegation;
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

/** One's own delegations: those given, and those received. */
@RestController
@RequestMapping("/api/v1/me/delegations")
public class MyDelegationEndpoint {
    private final Engine engine;
    private final DelegationDesk desk;

    MyDelegationEndpoint(Engine engine, DelegationDesk desk) {
        this.engine = engine;
        this.desk = desk;
    }

    record MyDelegationForm(
            @Describe("id or e-mail of who decides meanwhile")
            String to,

            @Describe(
                    "for requests to these roles only; all that one holds, and what is asked of one in person, when absent")
            Optional<List<String>> roles,

            @Describe("at once when absent") Optional<Instant> starts,
            @Describe("at most 366 days later") Instant ends,
            @Describe("for people") Optional<String> reason) {

        NewDelegation wanted() {
            return new NewDelegation(to, roles.map(Set::copyOf).orElse(Set.of()), starts, ends, reason);
        }
    }

    /** Those that are not over. */
    @Operation(summary = "My delegations, given and received")
    @Needs("workflow:read")
    @GetMapping
    Listing<DelegationBody> list(Caller caller, @ParameterObject Page page) {
        return desk.list(caller, Optional.of(caller.id()), page);
    }

    @Operation(summary = "Name my deputy")
    @Needs("workflow:read")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<DelegationBody> create(Caller caller, @RequestBody Body<MyDelegationForm> body) {
        NewDelegation wanted = body.read().wanted();
        DelegationBody made = engine.run(caller.tenant(), tx -> desk.make(tx, caller.member(), wanted, caller));
        return ResponseEntity.created(URI.create("/api/v1/me/delegations/" + made.id()))
                .body(made);
    }

    /** Ends one that was given, at once. */
    @Operation(summary = "End a delegation of mine")
    @Needs("workflow:read")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> end(Caller caller, @PathVariable String id) {
        desk.end(caller, id, Optional.of(caller.id()));
        return ResponseEntity.noContent().build();
    }
}
