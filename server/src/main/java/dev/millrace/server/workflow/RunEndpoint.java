package dev.millrace.server.workflow;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Json;
import dev.millrace.engine.Started;
import dev.millrace.engine.StoredDefinition;
import dev.millrace.engine.action.Describe;
import dev.millrace.language.Fitted.Misfit;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Refusal;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Starts a definition by hand, whatever its trigger. */
@RestController
public class RunEndpoint {
    private final Engine engine;
    private final Consent consent;

    RunEndpoint(Engine engine, Consent consent) {
        this.engine = engine;
        this.consent = consent;
    }

    record Run(
            @Describe("what the definition sees as trigger") Optional<Map<String, JsonNode>> payload) {
        ObjectNode tree() {
            ObjectNode tree = Json.object();
            payload.ifPresent(fields -> fields.forEach(tree::set));
            return tree;
        }
    }

    record StartedBody(UUID executionId) {}

    @Operation(summary = "Start a workflow by hand")
    @Needs("workflow:run")
    @PostMapping("/api/v1/workflows/{id}/run")
    @ResponseStatus(HttpStatus.ACCEPTED)
    StartedBody run(Caller caller, @PathVariable String id, @RequestBody(required = false) Body<Run> body) {
        return engine.run(caller.tenant(), tx -> {
            StoredDefinition current = Current.of(tx, engine.definitions(), id);
            if (!current.enabled()) {
                throw notEnabled();
            }
            consent.require(caller, engine.definitions().compiled(current));
            ObjectNode payload = body.read().tree();
            return answer(engine.executions().start(tx, current.id(), payload, caller.actor()));
        });
    }

    private static StartedBody answer(Started started) {
        return switch (started) {
            case Started.Done done -> new StartedBody(done.execution());
            case Started.NotEnabled not -> throw notEnabled();
            case Started.PayloadInvalid invalid ->
                throw Refusal.invalid("payload_invalid", problems(invalid.misfits()));
            case Started.PayloadTooLarge large -> throw Refusal.tooLarge(large.bytesMost());
            case Started.ConditionFalse no ->
                throw Refusal.invalid(
                                "condition_false",
                                "payload",
                                "The trigger's condition does not hold for this payload: " + no.condition())
                        .with("values", no.values());
            case Started.NotFound none -> throw Refusal.notFound();
        };
    }

    private static List<FieldProblem> problems(List<Misfit> misfits) {
        return misfits.stream()
                .map(misfit -> FieldProblem.at(
                        misfit.code(),
                        misfit.path().isEmpty() ? "payload" : "payload." + misfit.path(),
                        misfit.message()))
                .toList();
    }

    private static Refusal notEnabled() {
        return Refusal.conflict("not_enabled", "The workflow is switched off: switch it on first.");
    }
}
