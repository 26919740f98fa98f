package dev.millrace.server.workflow;

import dev.millrace.engine.Engine;
import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.Retried;
import dev.millrace.engine.Retries.How;
import dev.millrace.engine.action.Describe;
import dev.millrace.server.problem.FieldProblem;
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
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets a finished execution go on from where it failed. */
@RestController
public class RetryEndpoint {
    static final List<String> VERSIONS = List.of("same", "latest");

    private final Engine engine;

    RetryEndpoint(Engine engine) {
        this.engine = engine;
    }

    record RetryForm(
            @Describe("the failed step to begin with; absent: all that can be retried")
            Optional<String> step,

            @Describe("same or latest; absent: same") Optional<String> version,

            @Describe(value = "for the journal", most = 2000)
            Optional<String> comment) {
        How how() {
            boolean latest = Filters.oneOf("version", version.orElse(null), VERSIONS)
                    .filter("latest"::equals)
                    .isPresent();
            return new How(step, latest, comment);
        }
    }

    /**
     * @param version under which it goes on
     * @param steps that run again
     */
    record RetriedBody(UUID id, String status, int version, List<String> steps) {}

    @Operation(summary = "Run an execution again from where it failed")
    @Needs("workflow:run")
    @PostMapping("/api/v1/workflows/executions/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RetriedBody retry(Caller caller, @PathVariable String id, @RequestBody(required = false) Body<RetryForm> body) {
        return engine.run(caller.tenant(), tx -> {
            ExecutionView execution =
                    engine.executions().find(tx, Filters.id(id)).orElseThrow(Refusal::notFound);
            if (execution.completedAt().isEmpty()) {
                throw Refusal.conflict("not_finished", "The execution is not over: there is nothing to retry yet.");
            }
            return answer(engine.retries().retry(tx, execution.id(), body.read().how(), caller.actor()));
        });
    }

    private static RetriedBody answer(Retried retried) {
        return switch (retried) {
            case Retried.Done done -> new RetriedBody(done.execution(), "running", done.version(), done.from());
            case Retried.Refused no -> throw Refusal.conflict(no.code(), no.message());
            case Retried.StepUnknown unknown -> throw Refusal.invalid("step_unknown", "step", unknown.message());
            case Retried.Incompatible no ->
                throw Refusal.invalid(
                        "version_incompatible",
                        no.misfits().stream()
                                .map(misfit ->
                                        FieldProblem.at(misfit.code(), "steps." + misfit.step(), misfit.message()))
                                .toList());
            case Retried.NotFound none -> throw Refusal.notFound();
        };
    }
}
