package dev.millrace.erp;

import dev.millrace.engine.Member;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Somebody decides for somebody else for a while.
 *
 * @param roles for requests to these roles only; empty for all that {@code from} holds, and for requests to the person
 * @param endedAt when it was ended before its time
 */
public record Delegation(
        UUID id,
        Member from,
        Member to,
        Set<String> roles,
        Instant starts,
        Instant ends,
        Optional<String> reason,
        String createdBy,
        Instant createdAt,
        Optional<Instant> endedAt) {
    public Delegation {
        roles = Set.copyOf(roles);
    }

    /** Neither ended nor past. */
    public boolean isOpen(Instant now) {
        return endedAt.isEmpty() && ends.isAfter(now);
    }
}
