package dev.millrace.server.workflow;

import dev.millrace.engine.StoredDefinition;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.IfMatch;
import jakarta.servlet.http.HttpServletRequest;

/** The entity tag of a stored version: another one as soon as anything of it changes. */
final class Tag {
    private Tag() {}

    static String of(StoredDefinition definition) {
        return "\"" + definition.id() + "." + definition.status() + "." + (definition.enabled() ? "on" : "off") + "\"";
    }

    /** Whether the caller's {@code If-Match} is of another state; without one the write is unconditional. */
    static boolean isStale(HttpServletRequest request, StoredDefinition definition) {
        return IfMatch.isStale(request, of(definition));
    }

    static Refusal stale() {
        return IfMatch.stale("the workflow");
    }
}
