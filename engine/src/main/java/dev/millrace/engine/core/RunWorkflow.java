package dev.millrace.engine.core;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.engine.Json;
import dev.millrace.engine.Limits;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.StoredDefinition;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.Named;
import dev.millrace.engine.action.WaitContext;
import dev.millrace.engine.action.WaitingAction;
import dev.millrace.engine.definition.CompiledDefinitions;
import dev.millrace.engine.definition.DefinitionRows;
import dev.millrace.engine.execution.Loaded;
import dev.millrace.engine.trigger.Starter;
import dev.millrace.language.Fitted.Misfit;
import dev.millrace.language.JsonSchemas;
import dev.millrace.language.Trigger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Starts another definition, for the person or system for whom this execution runs, in the transaction in which the step
 * begins to wait: there is one child for each attempt that is committed, whatever node dies.
 */
@Named(
        value = "core.run_workflow",
        module = "core",
        description = "Starts another definition of this tenant and waits for its end.",
        failures = {"workflow_not_found", "inputs_invalid", "child_failed", "depth_exceeded"})
public final class RunWorkflow implements WaitingAction<RunWorkflow.Config, RunWorkflow.Output> {
    private final DefinitionRows definitions;
    private final CompiledDefinitions compiled;
    private final Starter starter;
    private final Limits limits;

    public RunWorkflow(DefinitionRows definitions, CompiledDefinitions compiled, Starter starter, Limits limits) {
        this.definitions = definitions;
        this.compiled = compiled;
        this.starter = starter;
        this.limits = limits;
    }

    record Config(
            @Describe(value = "Enabled definition with manual trigger", least = 1)
            String workflow,

            @Describe("Must fit its inputs") Optional<Map<String, JsonNode>> payload,

            @JsonProperty("wait") @Describe(value = "False: start and go on", byDefault = "true")
            Optional<Boolean> waits) {}

    enum Status {
        COMPLETED
    }

    record Output(
            @Describe("The execution that it started") UUID executionId,

            @Describe("How it ended; none if it was not waited for")
            Optional<Status> status,

            @Describe("Outputs of its last steps") Optional<Map<String, JsonNode>> outputs) {}

    @Override
    public Wait<Output> begin(Tx tx, WaitContext context, Config config) {
        int depth = context.depth() + 1;
        if (depth > limits.depth()) {
            throw ActionFailure.permanent(
                    "depth_exceeded",
                    "Expected at most " + limits.depth() + " events and workflows that start each other, but "
                            + config.workflow() + " would be number " + depth + "; look for a circle");
        }
        StoredDefinition definition = definition(tx, config.workflow());
        ObjectNode payload = Json.object();
        config.payload().ifPresent(fields -> fields.forEach(payload::set));
        if (limits.isPayloadTooLarge(payload)) {
            throw ActionFailure.permanent("payload_too_large", limits.payloadTooLarge());
        }
        checkInputs(definition, payload);
        boolean waits = config.waits().orElse(true);
        var parent = new Loaded.Parent(context.executionId(), context.stepId(), waits, context.rootExecution());
        UUID child = starter.startChild(tx, definition, context.tenant(), payload, context.startedBy(), depth, parent);
        return waits
                ? new Wait.UntilTold<>(tx.now().plus(NodeSettings.DEFAULT_EXPIRY))
                : new Wait.Over<>(new Output(child, Optional.empty(), Optional.empty()));
    }

    private StoredDefinition definition(Tx tx, String name) {
        return definitions.versions(tx, name).stream()
                .filter(StoredDefinition::enabled)
                .filter(d -> compiled.of(d).trigger() instanceof Trigger.Manual)
                .findFirst()
                .orElseThrow(() -> ActionFailure.permanent(
                        "workflow_not_found",
                        "Expected an enabled workflow with a manual trigger but got '" + name
                                + "'; switch it on, or correct the name"));
    }

    private void checkInputs(StoredDefinition definition, ObjectNode payload) {
        List<Misfit> misfits = compiled.of(definition).trigger() instanceof Trigger.Manual manual
                ? manual.inputs()
                        .map(schema -> JsonSchemas.misfits(schema, payload))
                        .orElse(List.of())
                : List.of();
        if (!misfits.isEmpty()) {
            Misfit first = misfits.getFirst();
            String where = first.path().isEmpty() ? "payload" : "payload." + first.path();
            throw ActionFailure.permanent(
                    "inputs_invalid",
                    "The payload does not fit the inputs of " + definition.name() + ": " + where + ": "
                            + first.message());
        }
    }
}
