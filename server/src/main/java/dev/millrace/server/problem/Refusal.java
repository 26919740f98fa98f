package dev.millrace.server.problem;

import dev.millrace.erp.PostingRefused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/**
 * The request cannot be done. Ends it, and rolls back a transaction that is open; {@link ProblemAdvice} makes the answer
 * of it.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Codes of {@link PostingRefused} that lie in what was sent in, and not in the state of the books. */
    private static final Set<String> OF_THE_INPUT = Set.of(
            "account_inactive",
            "account_unknown",
            "amount_above_claim",
            "amount_invalid",
            "control_account",
            "control_account_needs_party",
            "date_invalid",
            "employee_unknown",
            "lines_invalid",
            "manager_unknown",
            "not_balanced",
            "not_found",
            "rate_missing");

    private final HttpStatus status;
    private final String code;
    private final String detail;
    private final transient List<FieldProblem> errors;
    private final transient Map<String, Object> more;
    private final transient Optional<Integer> retryAfterSeconds;

    private Refusal(
            HttpStatus status,
            String code,
            String detail,
            List<FieldProblem> errors,
            Map<String, Object> more,
            Optional<Integer> retryAfterSeconds) {
        super(code + ": " + detail, null, false, false);
        this.status = status;
        this.code = code;
        this.detail = detail;
        this.errors = List.copyOf(errors);
        this.more = Map.copyOf(more);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public static Refusal of(HttpStatus status, String code, String detail) {
        return new Refusal(status, code, detail, List.of(), Map.of(), Optional.empty());
    }

    /** The same for what is unknown, malformed, of another company or not for this member: nobody can tell which. */
    public static Refusal notFound() {
        return of(HttpStatus.NOT_FOUND, "not_found", "There is nothing at this address that you can see.");
    }

    public static Refusal unauthenticated() {
        return of(
                HttpStatus.UNAUTHORIZED,
                "unauthenticated",
                "Expected a token in the header 'Authorization: Bearer …', but there is none: sign in first.");
    }

    public static Refusal invalidToken() {
        return of(
                HttpStatus.UNAUTHORIZED,
                "invalid_token",
                "The token is not one that this server gave out, or it is over: sign in again.");
    }

    public static Refusal forbidden(String code, String detail) {
        return of(HttpStatus.FORBIDDEN, code, detail);
    }

    /** What the books refuse: 422 where the input is wrong, 403 where it is somebody else's to do, else 409. */
    public static Refusal of(PostingRefused refused) {
        String message = String.valueOf(refused.getMessage());
        if (OF_THE_INPUT.contains(refused.code())) {
            return invalid(refused.code(), "", message);
        }
        return refused.code().equals("segregation_of_duties")
                ? forbidden(refused.code(), message)
                : conflict(refused.code(), message);
    }

    public static Refusal conflict(String code, String detail) {
        return of(HttpStatus.CONFLICT, code, detail);
    }

    public static Refusal tooLarge(int bytesMost) {
        return tooLarge("Expected at most " + bytesMost + " bytes but got more: shorten it.");
    }

    public static Refusal tooLarge(String detail) {
        return of(HttpStatus.CONTENT_TOO_LARGE, "payload_too_large", detail);
    }

    public static Refusal malformedJson(String reason) {
        return of(HttpStatus.BAD_REQUEST, "malformed_json", "Expected JSON but it could not be read: " + reason);
    }

    public static Refusal invalidCursor() {
        return of(
                HttpStatus.BAD_REQUEST,
                "invalid_cursor",
                "Expected the next_cursor of an earlier answer of this list: begin again without a cursor.");
    }

    public static Refusal tooMany(String detail, int retryAfterSeconds) {
        return new Refusal(
                HttpStatus.TOO_MANY_REQUESTS,
                "too_many_requests",
                detail,
                List.of(),
                Map.of(),
                Optional.of(retryAfterSeconds));
    }

    public static Refusal unavailable(String code, String detail, int retryAfterSeconds) {
        return new Refusal(
                HttpStatus.SERVICE_UNAVAILABLE, code, detail, List.of(), Map.of(), Optional.of(retryAfterSeconds));
    }

    /**
     * The input is readable but wrong. The code is that of its problems if they have one in common.
     *
     * @param otherwise the code if they have not
     */
    public static Refusal invalid(String otherwise, List<FieldProblem> errors) {
        Set<String> codes = errors.stream().map(FieldProblem::code).collect(Collectors.toSet());
        String code = codes.size() == 1 ? errors.getFirst().code() : otherwise;
        String detail = errors.size() == 1
                ? sentence(errors.getFirst())
                : "There are " + errors.size() + " problems; see errors.";
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, code, detail, errors, Map.of(), Optional.empty());
    }

    /** Some messages go on from their path, as a validator writes it: {@code tenant: required. …} */
    private static String sentence(FieldProblem problem) {
        boolean goesOn = Character.isLowerCase(problem.message().codePointAt(0));
        return goesOn ? problem.path() + ": " + problem.message() : problem.message();
    }

    public static Refusal invalid(String code, String path, String message) {
        return invalid(code, List.of(FieldProblem.at(code, path, message)));
    }

    /** The same with a further member in the answer. */
    public Refusal with(String member, Object value) {
        return new Refusal(status, code, detail, errors, Map.of(member, value), retryAfterSeconds);
    }

    /** The same, with the advice when to come again. */
    public Refusal retryAfter(int seconds) {
        return new Refusal(status, code, detail, errors, more, Optional.of(seconds));
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    Optional<Integer> retryAfterSeconds() {
        return retryAfterSeconds;
    }

    ProblemBody body(String traceId) {
        return new ProblemBody(
                "urn:millrace:problem:" + code,
                status.getReasonPhrase(),
                status.value(),
                detail,
                code,
                traceId,
                errors,
                more);
    }
}
