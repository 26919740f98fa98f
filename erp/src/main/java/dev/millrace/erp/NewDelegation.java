package dev.millrace.erp;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A delegation as it is sent in; nothing of it is checked yet.
 *
 * @param to a member's id or e-mail
 * @param roles for requests to these roles only; empty for all, and for requests to the person
 * @param starts at once when absent
 */
public record NewDelegation(
        String to, Set<String> roles, Optional<Instant> starts, Instant ends, Optional<String> reason) {
    public NewDelegation {
        roles = Set.copyOf(roles);
    }
}
