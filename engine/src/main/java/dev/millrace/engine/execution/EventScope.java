package dev.millrace.engine.execution;

import dev.millrace.language.Scope;
import java.time.Instant;
import java.time.ZoneId;
import tools.jackson.databind.JsonNode;

/** A scope in which {@code event} names the payload of an event that a wait may be for. */
record EventScope(Scope base, JsonNode event) implements Scope {

    @Override
    public JsonNode root(String name) {
        return name.equals("event") ? event : base.root(name);
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
