package dev.millrace.server.request;

import dev.millrace.server.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** The header by which a caller says which state he changes; without it a write is unconditional. */
public final class IfMatch {
    private IfMatch() {}

    /** The entity tag of a setting. */
    public static String tag(int version) {
        return "\"" + version + "\"";
    }

    /**
     * @param tag of the state that is there
     */
    public static boolean isStale(HttpServletRequest request, String tag) {
        return Optional.ofNullable(request.getHeader("If-Match"))
                .filter(header -> Arrays.stream(header.split(",", -1))
                        .map(String::strip)
                        .noneMatch(each -> each.equals("*") || each.equals(tag)))
                .isPresent();
    }

    /**
     * @param what {@code the policies}
     * @throws Refusal 412
     */
    public static void require(HttpServletRequest request, int version, String what) {
        if (isStale(request, tag(version))) {
            throw stale(what);
        }
    }

    public static Refusal stale(String what) {
        return Refusal.of(
                HttpStatus.PRECONDITION_FAILED,
                "stale",
                "Somebody changed " + what + " since you read it: read it again, then repeat your change.");
    }
}
