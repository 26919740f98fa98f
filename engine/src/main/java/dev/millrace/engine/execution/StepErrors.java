package dev.millrace.engine.execution;

import dev.millrace.engine.Json;
import dev.millrace.language.StepError;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Errors of steps as they are stored: code, message and attempt, and the details beside them. */
public final class StepErrors {
    private StepErrors() {}

    public static ObjectNode write(StepError error) {
        ObjectNode json = Json.object();
        json.put("code", error.code()).put("message", error.message()).put("attempt", error.attempt());
        json.setAll(error.details());
        return json;
    }

    public static StepError read(JsonNode stored) {
        ObjectNode details = ((ObjectNode) stored).deepCopy();
        String code = stored.path("code").asString();
        String message = stored.path("message").asString();
        int attempt = stored.path("attempt").asInt();
        details.remove("code");
        details.remove("message");
        details.remove("attempt");
        return new StepError(code, message, attempt, details);
    }
}
