package dev.millrace.server.idempotency;

import dev.millrace.engine.IdempotencyKeys;
import dev.millrace.engine.IdempotencyKeys.Answer;
import dev.millrace.engine.IdempotencyKeys.Outcome;
import dev.millrace.engine.UnknownCommitException;
import dev.millrace.server.problem.ProblemAdvice;
import dev.millrace.server.problem.Problems;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.security.Tokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Answers a write that comes again with the same {@code Idempotency-Key} as it was answered the first time. Stands behind
 * the check of the token; the whole request is one transaction with its stored answer.
 */
public final class IdempotentWrites extends OncePerRequestFilter {
    private static final String HEADER = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,198}[\\x21-\\x7e])?");
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    /** Of the answer's headers, those that say something of what was done. */
    private static final List<String> KEPT = List.of("Content-Type", "Location", "ETag", "Retry-After");

    /** Answers with a secret that is shown once are not kept: the same key does it again. */
    private static final String SHOWN_ONCE = "/api/v1/admin/webhook-secrets";

    /** Seconds. */
    private static final int BUSY_RETRY = 1;

    private final IdempotencyKeys keys;
    private final Problems problems;

    public IdempotentWrites(IdempotencyKeys keys, Problems problems) {
        this.keys = keys;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HEADER) == null
                || !WRITES.contains(request.getMethod())
                || !request.getRequestURI().startsWith("/api/v1/")
                || request.getRequestURI().startsWith(SHOWN_ONCE)
                || caller().isEmpty();
    }

    private static Optional<JwtAuthenticationToken> caller() {
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .filter(JwtAuthenticationToken.class::isInstance)
                .map(JwtAuthenticationToken.class::cast);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String key = request.getHeader(HEADER);
        if (!KEY.matcher(key).matches()) {
            problems.send(
                    Refusal.invalid(
                            "invalid_idempotency_key",
                            HEADER,
                            "Expected 1 to 200 printable characters at " + HEADER + ": a new UUID for each write."),
                    request,
                    response);
            return;
        }
        var repeatable = RepeatableRequest.of(request);
        var caching = new ContentCachingResponseWrapper(response);
        Outcome outcome;
        try {
            outcome = keys.once(key(key, repeatable), () -> answer(repeatable, caching, chain));
        } catch (UnknownCommitException e) {
            response.reset();
            problems.send(ProblemAdvice.outcomeUnknown(), request, response);
            return;
        }
        switch (outcome) {
            case Outcome.Answered answered -> {
                if (answered.repeated()) {
                    replay(answered.answer(), response);
                } else {
                    caching.copyBodyToResponse();
                }
            }
            case Outcome.Reused reused ->
                problems.send(
                        Refusal.invalid(
                                "idempotency_key_reused",
                                HEADER,
                                "This key came with another request before: take a new one for each write."),
                        request,
                        response);
            case Outcome.Busy busy ->
                problems.send(
                        Refusal.conflict(
                                        "idempotency_key_in_use",
                                        "The first request with this key is still at work: ask again in a moment.")
                                .retryAfter(BUSY_RETRY),
                        request,
                        response);
        }
    }

    private static IdempotencyKeys.Key key(String key, RepeatableRequest request) {
        var token = caller().orElseThrow().getToken();
        return new IdempotencyKeys.Key(
                UUID.fromString(token.getClaimAsString(Tokens.TENANT)),
                UUID.fromString(token.getSubject()),
                key,
                fingerprint(request));
    }

    private static byte[] fingerprint(RepeatableRequest request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String line = request.getMethod() + " " + request.getRequestURI() + "?" + request.getQueryString() + "\n"
                    + request.getContentType() + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            return digest.digest(request.body());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Answer answer(RepeatableRequest request, ContentCachingResponseWrapper response, FilterChain chain) {
        try {
            response.resetBuffer();
            chain.doFilter(request, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new IllegalStateException("the request could not be answered", e);
        }
        var headers = new HashMap<String, String>();
        for (String name : KEPT) {
            Optional.ofNullable(response.getHeader(name)).ifPresent(value -> headers.put(name, value));
        }
        return new Answer(response.getStatus(), headers, response.getContentAsByteArray());
    }

    private static void replay(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setHeader(REPLAYED, "true");
        response.getOutputStream().write(answer.body());
    }
}
