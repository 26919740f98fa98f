package dev.millrace.server.delegation;

import dev.millrace.engine.Member;
import dev.millrace.erp.Delegation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A delegation, as it is answered.
 *
 * @param roles empty: all that {@code from} holds, and what is asked of {@code from} in person
 */
record DelegationBody(
        UUID id,
        Person from,
        Person to,
        List<String> roles,
        Instant starts,
        Instant ends,
        Optional<String> reason,
        String createdBy,
        Instant createdAt) {

    record Person(UUID id, String name, String email) {
        static Person of(Member member) {
            return new Person(member.id(), member.name(), member.email());
        }
    }

    static DelegationBody of(Delegation delegation) {
        return new DelegationBody(
                delegation.id(),
                Person.of(delegation.from()),
                Person.of(delegation.to()),
                delegation.roles().stream().sorted().toList(),
                delegation.starts(),
                delegation.ends(),
                delegation.reason(),
                delegation.createdBy(),
                delegation.createdAt());
    }
}
