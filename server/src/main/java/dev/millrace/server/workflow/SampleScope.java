package dev.millrace.server.workflow;

import dev.millrace.language.Scope;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What an expression sees that is tried: what the caller says, and the company's own zone, currency and time. */
record SampleScope(Map<String, JsonNode> roots, Instant now, ZoneId zone, String currency) implements Scope {
    SampleScope {
        roots = Map.copyOf(roots);
    }

    @Override
    public JsonNode root(String name) {
        return roots.getOrDefault(name, MissingNode.getInstance());
    }
}
