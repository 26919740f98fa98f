package dev.millrace.engine.definition;

import dev.millrace.engine.StoredDefinition;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.engine.action.ActionRegistry.Registered;
import dev.millrace.language.ActionType;
import dev.millrace.language.Checker;
import dev.millrace.language.Definition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Stored definitions, parsed. A version never changes, so what was parsed once is kept. */
public final class CompiledDefinitions {
    /** Bounds the memory: about 20 KB each. */
    private static final int KEPT_MAX = 2000;

    private final ActionRegistry actions;
    private final Map<UUID, Definition> kept = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Definition> eldest) {
            return size() > KEPT_MAX;
        }
    };

    public CompiledDefinitions(ActionRegistry actions) {
        this.actions = actions;
    }

    public synchronized Definition of(StoredDefinition stored) {
        return kept.computeIfAbsent(stored.id(), id -> Checker.rebuild(stored.yaml(), types()));
    }

    private Map<String, ActionType> types() {
        return actions.all().stream().map(Registered::type).collect(Collectors.toMap(ActionType::name, type -> type));
    }
}
