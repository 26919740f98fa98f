package dev.millrace.server.workflow;

import dev.millrace.engine.Engine;
import dev.millrace.engine.ExecutionFilter;
import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.ExecutionView.StepView;
import dev.millrace.engine.Executions.Cancelled;
import dev.millrace.engine.StoredDefinition;
import dev.millrace.engine.Tx;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Executions of all definitions. */
@RestController
@RequestMapping("/api/v1/workflows")
public class ExecutionEndpoint {
    private static final int CHILDREN_MOST = 200;

    private final Engine engine;

    public ExecutionEndpoint(Engine engine) {
        this.engine = engine;
    }

    record CancelledBody(UUID id, String status) {}

    /**
     * Of all definitions, newest first.
     *
     * @param workflow of every version of this name
     * @param errorCode of the execution's error
     * @param from started at or after
     * @param to started before
     */
    @Operation(summary = "Executions of all definitions, newest first")
    @Needs("workflow:read")
    @GetMapping("/executions")
    Listing<ExecutionItem> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable String workflow,
            @RequestParam(required = false) @Nullable Integer version,
            @RequestParam(name = "error_code", required = false) @Nullable String errorCode,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @ParameterObject Page page) {
        var filter = new ExecutionFilter(
                Filters.text("workflow", workflow),
                Optional.ofNullable(version),
                Filters.oneOf("status", status, ExecutionFilterForm.STATUSES),
                Filters.oneOf("outcome", outcome, ExecutionFilterForm.OUTCOMES),
                Filters.text("error_code", errorCode),
                Filters.instant("from", from),
                Filters.instant("to", to),
                List.of());
        return engine.run(caller.tenant(), tx -> list(tx, filter, page));
    }

    /** Executions of every version of a definition's name, newest first. */
    @Operation(summary = "Executions of a definition, newest first")
    @Needs("workflow:read")
    @GetMapping("/{id}/executions")
    Listing<ExecutionItem> ofDefinition(
            Caller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable Integer version,
            @ParameterObject Page page) {
        return engine.run(caller.tenant(), tx -> {
            StoredDefinition definition =
                    engine.definitions().find(tx, Filters.id(id)).orElseThrow(Refusal::notFound);
            var filter = new ExecutionFilter(
                    Optional.of(definition.name()),
                    Optional.ofNullable(version),
                    Filters.oneOf("status", status, ExecutionFilterForm.STATUSES),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of());
            return list(tx, filter, page);
        });
    }

    private Listing<ExecutionItem> list(Tx tx, ExecutionFilter filter, Page page) {
        Optional<ExecutionView> behind = page.after(id -> engine.executions().find(tx, id));
        return Listing.of(
                engine.executions().list(tx, filter, behind, page.fetch()), page, ExecutionView::id, ExecutionItem::of);
    }

    @Operation(summary = "An execution with all of its steps")
    @Needs("workflow:read")
    @GetMapping("/executions/{id}")
    ExecutionBody get(Caller caller, @PathVariable String id) {
        return engine.run(caller.tenant(), tx -> {
            ExecutionView view = engine.executions().find(tx, Filters.id(id)).orElseThrow(Refusal::notFound);
            StoredDefinition definition =
                    engine.definitions().find(tx, view.definitionId()).orElseThrow();
            List<StepView> steps = engine.executions().steps(tx, view.id());
            List<ExecutionView> children = engine.executions().children(tx, view.id(), CHILDREN_MOST);
            return ExecutionBody.of(
                    view,
                    engine.definitions().compiled(definition),
                    steps,
                    WaitingFor.all(
                            steps,
                            step -> engine.approvals().askedOf(tx, view.id(), step),
                            engine.executions().eventsAwaited(tx, view.id()),
                            children),
                    children);
        });
    }

    @Operation(summary = "Cancel an execution")
    @Needs("workflow:run")
    @PostMapping("/executions/{id}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    CancelledBody cancel(Caller caller, @PathVariable String id) {
        UUID execution = Filters.id(id);
        Cancelled cancelled = engine.executions().cancel(caller.tenant(), execution, caller.actor(), Optional.empty());
        return switch (cancelled) {
            case DONE -> new CancelledBody(execution, "cancelled");
            case OVER_ALREADY ->
                throw Refusal.conflict("not_live", "The execution is over; there is nothing to cancel.");
            case NOT_FOUND -> throw Refusal.notFound();
        };
    }
}
