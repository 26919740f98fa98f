package dev.millrace.server.workflow;

import dev.millrace.engine.Engine;
import dev.millrace.language.EventType;
import dev.millrace.server.security.Caller;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** An event tells what its document says, so who may not read a module's documents does not see its events. */
@Component
class VisibleEvents {
    private final Engine engine;

    VisibleEvents(Engine engine) {
        this.engine = engine;
    }

    boolean mayRead(Caller caller, String event) {
        return engine.eventTypes()
                .find(event)
                .filter(type -> mayRead(caller, type))
                .isPresent();
    }

    /** Names of the events that the caller may see: the one asked for, or all. */
    List<String> names(Caller caller, Optional<String> only) {
        return engine.eventTypes().all().stream()
                .filter(type -> only.isEmpty() || only.get().equals(type.name()))
                .filter(type -> mayRead(caller, type))
                .map(EventType::name)
                .toList();
    }

    private static boolean mayRead(Caller caller, EventType type) {
        return type.module().equals("core") || caller.may("erp:read:" + type.module());
    }
}
