package dev.millrace.server.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;

/**
 * An error as RFC 9457 says it.
 *
 * @param code stable; programs go by it
 * @param traceId finds the request in the server's log
 * @param errors what is wrong with the input, piece by piece; else empty
 * @param more members of this kind of error: {@code decision}, {@code current_id}, {@code values}
 */
public record ProblemBody(
        String type,
        String title,
        int status,
        String detail,
        String code,
        String traceId,
        List<FieldProblem> errors,
        @JsonIgnore Map<String, Object> more) {

    @JsonAnyGetter
    public Map<String, Object> extensions() {
        return more;
    }
}
