package dev.millrace.server.workflow;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.language.Catalogue;
import dev.millrace.server.request.Body;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Tries an expression or a template, as the engine would evaluate it. */
@RestController
public class ExpressionEndpoint {
    private final Engine engine;

    public ExpressionEndpoint(Engine engine) {
        this.engine = engine;
    }

    record EvaluationForm(
            @Describe(
                    value = "with or without braces, or a text with expressions in it: 'PO {{ trigger.po_number }}'",
                    most = 20_000)
            String expression,

            @Describe("what it sees, by name: trigger, steps, tenant …")
            Optional<Map<String, JsonNode>> context) {}

    /** What came of it. */
    sealed interface Evaluated {}

    /** @param type {@code string, number, boolean, list, map} or {@code none} */
    record ValueBody(JsonNode value, String type) implements Evaluated {}

    record ErrorBody(EvaluationError error) implements Evaluated {}

    /** @param column in the expression as it was sent, from 1, in code points */
    record EvaluationError(String code, String message, int column) {}

    /** Always 200: that it cannot be evaluated is the answer. */
    @Operation(summary = "Try an expression or a template against a sample")
    @Needs("workflow:read")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(schema = @Schema(oneOf = {ValueBody.class, ErrorBody.class})))
    @PostMapping("/api/v1/workflows/expressions/evaluate")
    Evaluated evaluate(Caller caller, @RequestBody Body<EvaluationForm> body) {
        EvaluationForm form = body.read();
        SampleScope scope = engine.run(caller.tenant(), tx -> {
            Catalogue company = engine.catalogues().of(tx);
            return new SampleScope(form.context().orElse(Map.of()), tx.now(), company.zone(), company.currency());
        });
        return Trial.of(form.expression(), scope);
    }
}
