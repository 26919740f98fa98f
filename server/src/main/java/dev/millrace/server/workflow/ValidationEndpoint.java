package dev.millrace.server.workflow;

import dev.millrace.engine.Engine;
import dev.millrace.language.Checked;
import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Severity;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.request.DefinitionBody;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Checks a text without saving it. */
@RestController
public class ValidationEndpoint {
    private final Engine engine;

    public ValidationEndpoint(Engine engine) {
        this.engine = engine;
    }

    record Validation(boolean valid, List<FieldProblem> errors, List<FieldProblem> warnings) {}

    /** Always 200: that the text is not valid is the answer. */
    @Operation(summary = "All that is wrong with a definition")
    @Needs("workflow:read")
    @PostMapping("/api/v1/workflows/validate")
    Validation validate(Caller caller, @RequestBody DefinitionBody body) {
        String yaml = body.read().yaml();
        Checked checked = engine.run(caller.tenant(), tx -> engine.definitions().check(tx, yaml));
        boolean valid = switch (checked) {
            case Checked.Valid ok -> true;
            case Checked.Invalid not -> false;
        };
        return new Validation(valid, of(checked, Severity.ERROR), of(checked, Severity.WARNING));
    }

    private static List<FieldProblem> of(Checked checked, Severity severity) {
        return checked.problems().stream()
                .filter((Problem problem) -> problem.severity() == severity)
                .map(FieldProblem::of)
                .toList();
    }
}
