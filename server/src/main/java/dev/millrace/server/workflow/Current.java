package dev.millrace.server.workflow;

import dev.millrace.engine.Definitions;
import dev.millrace.engine.StoredDefinition;
import dev.millrace.engine.Tx;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Filters;
import java.util.UUID;

/** Writes go to what is live or the newest draft, never to a version that another has replaced. */
final class Current {
    private Current() {}

    /**
     * @throws Refusal 404, or 409 with the id that is current
     */
    static StoredDefinition of(Tx tx, Definitions definitions, String id) {
        return require(tx, definitions, definitions.find(tx, Filters.id(id)).orElseThrow(Refusal::notFound));
    }

    /**
     * @param stored as it was read
     * @throws Refusal 404, or 409 with the id that is current
     */
    static StoredDefinition require(Tx tx, Definitions definitions, StoredDefinition stored) {
        if (isCurrent(stored)) {
            return stored;
        }
        throw definitions.versions(tx, stored.name()).stream()
                .filter(Current::isCurrent)
                .findFirst()
                .map(current -> notCurrent(current.id()))
                .orElseGet(Refusal::notFound);
    }

    static Refusal notCurrent(UUID current) {
        return Refusal.conflict("not_current", "A newer version has replaced this one: work with that.")
                .with("current_id", current);
    }

    private static boolean isCurrent(StoredDefinition stored) {
        return stored.isLive() || stored.isDraft();
    }
}
