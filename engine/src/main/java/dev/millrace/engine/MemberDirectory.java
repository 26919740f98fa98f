package dev.millrace.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory that can list its people: enough for a program with some dozens of members. It looks at all of them for
 * each question, tells nobody anything, and knows of a document nothing but its id; override what you have more of.
 */
public interface MemberDirectory extends Directory {
    /** Everybody of the tenant, also who is not active any more. */
    List<Member> members(Tx tx);

    private Stream<Member> active(Tx tx) {
        return members(tx).stream().filter(Member::active);
    }

    @Override
    default Map<String, Integer> roles(Tx tx) {
        var roles = new HashMap<String, Integer>();
        active(tx).flatMap(m -> m.roles().stream()).forEach(role -> roles.merge(role, 1, Integer::sum));
        return roles;
    }

    @Override
    default Set<String> memberNames(Tx tx) {
        return active(tx).flatMap(m -> Stream.of(m.id().toString(), m.email())).collect(Collectors.toSet());
    }

    @Override
    default List<Member> holders(Tx tx, String role) {
        return active(tx).filter(m -> m.roles().contains(role)).toList();
    }

    @Override
    default Optional<Member> member(Tx tx, String idOrEmail) {
        return members(tx).stream()
                .filter(m -> m.id().toString().equals(idOrEmail) || m.email().equals(idOrEmail))
                .findFirst();
    }

    @Override
    default void tell(Tx tx, List<Member> people, Message message) {}

    @Override
    default Optional<EntityCard> card(Tx tx, String entityType, UUID entityId) {
        return Optional.of(EntityCard.of(entityType + " " + entityId));
    }
}
