package dev.millrace.engine.execution;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Json;
import tools.jackson.databind.JsonNode;

/** Actors as they are stored. */
public final class Actors {
    private Actors() {}

    public static String write(Actor actor) {
        return Json.write(ExecutionScope.actor(actor));
    }

    public static Actor read(String stored) {
        JsonNode json = Json.read(stored);
        return new Actor(
                json.path("kind").asString(),
                json.path("id").asStringOpt(),
                json.path("name").asString());
    }
}
