package dev.millrace.server.workflow;

import dev.millrace.engine.Engine;
import dev.millrace.engine.StoredEvent;
import dev.millrace.engine.Tx;
import dev.millrace.erp.ErpCatalogue;
import dev.millrace.language.EntityType;
import dev.millrace.server.security.Asked;
import dev.millrace.server.security.Caller;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Whose documents a member sees: those of the modules that he may read, his own, and those that he is asked about. */
@Component
class VisibleDocuments {
    /** Fields of an event that say whose a document is. */
    private static final List<String> OWNERS =
            List.of("requested_by", "submitted_by", "prepared_by", "changed_by", "created_by");

    private final Engine engine;
    private final Asked asked;

    VisibleDocuments(Engine engine, Asked asked) {
        this.engine = engine;
        this.asked = asked;
    }

    /** Documents of this kind exist in the company's modules. */
    boolean isKnown(Caller caller, String type) {
        return module(type).filter(caller.modules()::contains).isPresent();
    }

    boolean mayRead(Tx tx, Caller caller, String type, UUID id) {
        return module(type).filter(module -> caller.may("erp:read:" + module)).isPresent()
                || isOwn(tx, caller, type, id)
                || asked.isAsked(tx, caller, id);
    }

    private static Optional<String> module(String type) {
        return ErpCatalogue.ENTITIES.stream()
                .filter(entity -> entity.name().equals(type))
                .map(EntityType::module)
                .findFirst();
    }

    private boolean isOwn(Tx tx, Caller caller, String type, UUID id) {
        String me = caller.id().toString();
        return engine.eventLog().about(tx, type, id).stream()
                .map(StoredEvent::payload)
                .anyMatch(payload -> OWNERS.stream()
                        .anyMatch(field -> payload.path(field).asString("").equals(me)));
    }
}
