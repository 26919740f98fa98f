package dev.millrace.engine.approval;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One person's decision of a request.
 *
 * @param forId whom the person stood in for
 * @param seat whose voice it was: the person's own, or that of the one he stood in for
 * @param decision {@code approved}, {@code rejected} or {@code returned}
 */
public record Vote(
        UUID request,
        UUID member,
        String memberName,
        Optional<UUID> forId,
        Optional<String> forName,
        UUID seat,
        String decision,
        Optional<String> comment,
        Instant at) {
    /** {@code Asha}, or {@code Asha for Meera}. */
    public String name() {
        return name(memberName, forName);
    }

    static String name(String member, Optional<String> principal) {
        return principal.map(p -> member + " for " + p).orElse(member);
    }
}
