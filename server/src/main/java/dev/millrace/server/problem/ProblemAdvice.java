package dev.millrace.server.problem;

import dev.millrace.engine.EventRefused;
import dev.millrace.engine.UnknownCommitException;
import dev.millrace.erp.PostingRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Makes a problem of whatever an endpoint throws. */
@RestControllerAdvice
public class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    /** The database is starting, stopping, full or ended our session. */
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "53300", "25P03", "57P05");

    /** A statement took too long, a lock was not to be had, or transactions stood in each other's way once too often. */
    private static final Set<String> BUSY = Set.of("57014", "55P03", "40001", "40P01");

    private static final int AWAY_SECONDS = 5;
    private static final int BUSY_SECONDS = 1;

    private final Problems problems;

    public ProblemAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    ResponseEntity<byte[]> refused(Refusal refusal, HttpServletRequest request) {
        return problems.entity(refusal, request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> posting(PostingRefused refused, HttpServletRequest request) {
        return problems.entity(Refusal.of(refused), request);
    }

    private static Refusal invalid(EventRefused refused, String message) {
        return refused.misfits().isEmpty()
                ? Refusal.invalid(refused.code(), "event", message)
                : Refusal.invalid(
                        refused.code(),
                        refused.misfits().stream()
                                .map(misfit ->
                                        FieldProblem.at(misfit.code(), "payload." + misfit.path(), misfit.message()))
                                .toList());
    }

    @ExceptionHandler
    ResponseEntity<byte[]> event(EventRefused refused, HttpServletRequest request) {
        String message = String.valueOf(refused.getMessage());
        Refusal refusal = switch (refused.code()) {
            case "event_id_reused" -> Refusal.conflict(refused.code(), message);
            case "payload_too_large" -> Refusal.tooLarge(message);
            default -> invalid(refused, message);
        };
        return problems.entity(refusal, request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> unknown(UnknownCommitException e, HttpServletRequest request) {
        log.warn("the outcome of a request is not known", e);
        return problems.entity(outcomeUnknown(), request);
    }

    /** The connection broke while the commit's answer was awaited. */
    public static Refusal outcomeUnknown() {
        return Refusal.unavailable(
                "outcome_unknown",
                "The database was lost while it answered: what you asked for may be done or not. Ask again with the same"
                        + " Idempotency-Key; without one look before you ask again.",
                AWAY_SECONDS);
    }

    /** What a path cannot be is as unknown as what it could be. */
    @ExceptionHandler
    ResponseEntity<byte[]> mismatch(MethodArgumentTypeMismatchException e, HttpServletRequest request) {
        boolean inPath = e.getParameter().hasParameterAnnotation(PathVariable.class);
        return problems.entity(
                inPath
                        ? Refusal.notFound()
                        : Refusal.invalid(
                                "type_mismatch",
                                e.getName(),
                                "Expected another kind of value for " + e.getName() + " but got '" + e.getValue()
                                        + "'"),
                request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> other(Exception e, HttpServletRequest request) {
        return problems.entity(refusal(e), request);
    }

    private static Refusal refusal(Exception e) {
        if (e instanceof ErrorResponse response) {
            HttpStatus status = HttpStatus.valueOf(response.getStatusCode().value());
            return ofStatus(status, Optional.ofNullable(response.getBody().getDetail()));
        }
        if (isAway(e)) {
            log.warn("the database is away", e);
            return Refusal.unavailable(
                    "database_unavailable",
                    "The database cannot be reached at the moment: try again soon.",
                    AWAY_SECONDS);
        }
        if (sqlState(e).filter(BUSY::contains).isPresent()) {
            log.warn("the database is busy", e);
            return Refusal.unavailable(
                    "database_busy", "The database is too busy at the moment: try again.", BUSY_SECONDS);
        }
        log.error("a request failed", e);
        return Refusal.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal_error",
                "Something went wrong here. The log says more under the trace id.");
    }

    /** A problem of which nothing is known but the status. */
    static Refusal ofStatus(HttpStatus status, Optional<String> detail) {
        return status == HttpStatus.NOT_FOUND
                ? Refusal.notFound()
                : Refusal.of(
                        status,
                        status.name().toLowerCase(Locale.ROOT),
                        detail.orElse("The request cannot be answered: " + status.getReasonPhrase() + "."));
    }

    private static boolean isAway(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLTransientConnectionException) {
                return true;
            }
        }
        return sqlState(e).filter(s -> s.startsWith("08") || AWAY.contains(s)).isPresent();
    }

    private static Optional<String> sqlState(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && sql.getSQLState() != null) {
                return Optional.of(sql.getSQLState());
            }
        }
        return Optional.empty();
    }
}
