package dev.millrace.server.request;

import tools.jackson.databind.JsonNode;

/** A request's body that the language reads, not looked at yet; see {@link Body} for why. */
public final class JsonBody {
    private final byte[] bytes;

    JsonBody(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /**
     * An object; no body counts as one without fields.
     *
     * @throws dev.millrace.server.problem.Refusal it is no JSON, or no object
     */
    public JsonNode read() {
        return JsonInput.read(bytes);
    }
}
