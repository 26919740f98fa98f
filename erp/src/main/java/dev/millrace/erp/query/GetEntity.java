package dev.millrace.erp.query;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.core.ReadableEntity;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Reads one row; changes nothing. Of several with the same number, as tasks may have, the newest. */
@Named(
        value = "erp.query.get",
        module = "core",
        description = "Reads one entity by id or business number.",
        failures = {"not_found", "entity_not_available"})
public final class GetEntity implements LocalAction<GetEntity.Config, GetEntity.Output> {
    private final Entities entities;

    public GetEntity(Entities entities) {
        this.entities = entities;
    }

    public record Config(
            @Describe(value = "Entity of an enabled module", as = Describe.As.ENTITY)
            String entity,

            @Describe(value = "Exactly one of id, number", oneOf = "one")
            Optional<UUID> id,

            @Describe(value = "Its number or code", oneOf = "one")
            Optional<String> number) {}

    public record Output(@JsonValue Map<String, JsonNode> row) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        ReadableEntity readable = entities.require(tx, config.entity());
        String wanted = config.id().map(UUID::toString).or(config::number).orElse("");
        return config.id()
                .flatMap(id -> entities.byId(tx, readable, id))
                .or(() -> config.number().flatMap(number -> entities.byNumber(tx, readable, number)))
                .map(Output::new)
                .orElseThrow(() -> ActionFailure.permanent(
                        "not_found", "There is no " + config.entity() + " '" + wanted + "' in this company"));
    }
}
