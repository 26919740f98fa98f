package dev.millrace.engine;

import java.util.Set;
import java.util.UUID;

/** A person of a tenant. */
public record Member(UUID id, String name, String email, boolean active, Set<String> roles) {
    public Member {
        roles = Set.copyOf(roles);
    }
}
