package dev.millrace.server.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes refusals as {@code application/problem+json}. */
@Component
public class Problems {
    private final JsonMapper json;

    public Problems(JsonMapper json) {
        this.json = json;
    }

    /** For Spring MVC to send. */
    ResponseEntity<byte[]> entity(Refusal refusal, HttpServletRequest request) {
        var entity = ResponseEntity.status(refusal.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        refusal.retryAfterSeconds().ifPresent(s -> entity.header(HttpHeaders.RETRY_AFTER, Integer.toString(s)));
        return entity.body(json.writeValueAsBytes(refusal.body(Trace.of(request))));
    }

    /** For filters, which come before Spring MVC. */
    public void send(Refusal refusal, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(refusal.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader("X-Trace-Id", Trace.of(request));
        refusal.retryAfterSeconds().ifPresent(s -> response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(s)));
        response.getOutputStream().write(json.writeValueAsBytes(refusal.body(Trace.of(request))));
    }
}
