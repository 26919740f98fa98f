package dev.millrace.server.workflow;

import dev.millrace.engine.StoredDefinition;
import dev.millrace.server.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** The entity tag of a stored version: another one as soon as anything of it changes. */
final class Tag {
    private Tag() {}

    static String of(StoredDefinition definition) {
        return "\"" + definition.id() + "." + definition.status() + "." + (definition.enabled() ? "on" : "off") + "\"";
    }

    /** Whether the caller's {@code If-Match} is of another state; without one the write is unconditional. */
    static boolean isStale(HttpServletRequest request, StoredDefinition definition) {
        return Optional.ofNullable(request.getHeader("If-Match"))
                .filter(header -> Arrays.stream(header.split(",", -1))
                        .map(String::strip)
                        .noneMatch(tag -> tag.equals("*") || tag.equals(of(definition))))
                .isPresent();
    }

    static Refusal stale() {
        return Refusal.of(
                HttpStatus.PRECONDITION_FAILED,
                "stale",
                "Somebody changed the workflow since you read it: read it again, then repeat your change.");
    }
}
