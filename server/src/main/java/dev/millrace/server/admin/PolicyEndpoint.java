package dev.millrace.server.admin;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Erp;
import dev.millrace.erp.PolicySettings;
import dev.millrace.erp.Trail;
import dev.millrace.erp.Versioned;
import dev.millrace.language.Policies;
import dev.millrace.server.admin.BrokenDefinitions.Broken;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.IfMatch;
import dev.millrace.server.request.JsonBody;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The company's guard rails. What they refuse, also a definition that is enabled already, is refused when it runs. */
@RestController
@RequestMapping("/api/v1/admin/policies")
public class PolicyEndpoint {
    private final Engine engine;
    private final PolicySettings policies;
    private final BrokenDefinitions broken;

    public PolicyEndpoint(Engine engine, Erp erp, Trail trail, BrokenDefinitions broken) {
        this.engine = engine;
        this.policies = erp.policies(trail);
        this.broken = broken;
    }

    /**
     * @param version 0: the defaults
     * @param policies every key
     * @param broken enabled definitions that could not be saved any more: their steps fail when they come to it
     */
    record PolicyBody(int version, JsonNode policies, List<Broken> broken) {}

    @Operation(summary = "The policies of the company")
    @Needs("admin")
    @GetMapping
    ResponseEntity<PolicyBody> get(Caller caller) {
        return engine.run(caller.tenant(), tx -> answer(tx, policies.get(tx)));
    }

    /** Sets them all at once; a key that is left out is as in the defaults. */
    @Operation(summary = "Set the policies")
    @Needs("admin")
    @PutMapping
    ResponseEntity<PolicyBody> put(Caller caller, @RequestBody JsonBody body, HttpServletRequest request) {
        return engine.run(caller.tenant(), tx -> {
            IfMatch.require(request, policies.hold(tx).version(), "the policies");
            Policies wanted = read(body.read());
            Versioned<Policies> set = policies.set(tx, wanted, caller.actor());
            engine.rulesChanged(tx);
            return answer(tx, set);
        });
    }

    private static Policies read(JsonNode json) {
        return switch (Policies.of(json)) {
            case Policies.Read.Good good -> good.policies();
            case Policies.Read.Bad bad ->
                throw Refusal.invalid(
                        "invalid_input",
                        bad.misfits().stream().map(FieldProblem::of).toList());
        };
    }

    private ResponseEntity<PolicyBody> answer(Tx tx, Versioned<Policies> now) {
        return ResponseEntity.ok()
                .eTag(IfMatch.tag(now.version()))
                .body(new PolicyBody(now.version(), now.value().toJson(), broken.in(tx)));
    }
}
