package dev.millrace.erp.query;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.core.ReadableEntity;
import java.util.Optional;
import java.util.UUID;

/** Writes a remark about a document into the journal; the document stays as it is. */
@Named(
        value = "erp.audit.note",
        module = "core",
        description = "Writes a remark on an entity into the journal.",
        failures = {"not_found", "entity_not_available"})
public final class WriteNote implements LocalAction<WriteNote.Config, WriteNote.Output> {
    static final String NOTED = "document.noted";

    private final Entities entities;

    public WriteNote(Entities entities) {
        this.entities = entities;
    }

    public record Config(
            @Describe(value = "What it is about", as = Describe.As.ENTITY)
            String entityType,

            @Describe("Which one") UUID entityId,

            @Describe(value = "The remark", least = 1, most = 2_000)
            String text) {}

    public record Output(@Describe("The journal entry's id") UUID journalId) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        ReadableEntity readable = entities.require(tx, config.entityType());
        if (entities.byId(tx, readable, config.entityId()).isEmpty()) {
            throw ActionFailure.permanent(
                    "not_found",
                    "There is no " + config.entityType() + " " + config.entityId() + " in this company to write about");
        }
        return new Output(context.journal(
                tx, NOTED, config.entityType(), config.entityId(), Optional.empty(), Optional.empty(), config.text()));
    }
}
