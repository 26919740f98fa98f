package dev.millrace.language.simulation;

import dev.millrace.language.Scope;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What expressions see besides steps; also the {@code event} that a wait looks at. */
record SimulatedScope(Map<String, JsonNode> roots, Instant now, ZoneId zone, String currency) implements Scope {

    @Override
    public JsonNode root(String name) {
        return roots.getOrDefault(name, JsonNodeFactory.instance.missingNode());
    }

    /** A scope with one name more. */
    record With(Scope base, String name, JsonNode value) implements Scope {
        @Override
        public JsonNode root(String asked) {
            return asked.equals(name) ? value : base.root(asked);
        }

        @Override
        public Instant now() {
            return base.now();
        }

        @Override
        public ZoneId zone() {
            return base.zone();
        }

        @Override
        public String currency() {
            return base.currency();
        }
    }
}
