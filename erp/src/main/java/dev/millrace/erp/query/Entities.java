package dev.millrace.erp.query;

import dev.millrace.engine.Directory;
import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.core.ReadableEntity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What of all modules' rows definitions may read. */
public final class Entities {
    private final Map<String, ReadableEntity> byName;
    private final Directory directory;
    private final EntityRows rows = new EntityRows();

    public Entities(Directory directory, List<ReadableEntity> readables) {
        this.directory = directory;
        this.byName = readables.stream()
                .collect(Collectors.toUnmodifiableMap(r -> r.entity().name(), Function.identity()));
    }

    /**
     * @throws ActionFailure {@code entity_not_available}: it is none, or one that this company does not have
     */
    ReadableEntity require(Tx tx, String name) {
        TenantInfo tenant = directory.tenant(tx);
        return Optional.ofNullable(byName.get(name))
                .filter(readable ->
                        directory.modules(tx).contains(readable.entity().module()))
                .filter(readable -> directory.isFor(tenant, name))
                .orElseThrow(() -> ActionFailure.permanent(
                        "entity_not_available",
                        "This company has no '" + name
                                + "' to read: check the name, or ask an Admin to switch its module on"));
    }

    EntityRows.Found list(Tx tx, EntityRows.Asked asked) {
        return rows.list(tx, asked);
    }

    Optional<Map<String, JsonNode>> byId(Tx tx, ReadableEntity readable, UUID id) {
        return readable.hasId() ? rows.one(tx, readable, "id = :wanted", Map.of("wanted", id)) : Optional.empty();
    }

    Optional<Map<String, JsonNode>> byNumber(Tx tx, ReadableEntity readable, String number) {
        return rows.one(tx, readable, '"' + readable.number() + "\" = :wanted", Map.of("wanted", number));
    }
}
