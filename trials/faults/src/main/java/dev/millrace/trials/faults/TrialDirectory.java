package dev.millrace.trials.faults;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Member;
import dev.millrace.engine.TenantInfo;
import dev.millrace.engine.Tx;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The same four people in every company and in every process. */
final class TrialDirectory implements Directory {
    static final String FINANCE_HEAD = "Finance Head";
    static final String CFO = "CFO";

    static Member requester(UUID tenant) {
        return member(tenant, "Rohan");
    }

    /** Two who may decide the same. */
    static List<Member> deciders(UUID tenant) {
        return List.of(member(tenant, "Meera", FINANCE_HEAD, CFO), member(tenant, "Mihir", FINANCE_HEAD, CFO));
    }

    private static Member member(UUID tenant, String name, String... roles) {
        UUID id = UUID.nameUUIDFromBytes((tenant + name).getBytes(StandardCharsets.UTF_8));
        return new Member(id, name, name.toLowerCase(java.util.Locale.ROOT) + "@trial.example", true, Set.of(roles));
    }

    private static Stream<Member> people(Tx tx) {
        return Stream.concat(Stream.of(requester(tx.tenant())), deciders(tx.tenant()).stream());
    }

    @Override
    public TenantInfo tenant(Tx tx) {
        return new TenantInfo(tx.tenant(), "trial", "Trial Ltd", "INR", "IN", ZoneId.of("Asia/Kolkata"), "IN_GST");
    }

    @Override
    public Set<String> modules(Tx tx) {
        return Set.of("core", "trial");
    }

    @Override
    public Map<String, Integer> roles(Tx tx) {
        return people(tx)
                .flatMap(m -> m.roles().stream())
                .collect(Collectors.toMap(Function.identity(), r -> 1, Integer::sum));
    }

    @Override
    public Set<String> memberNames(Tx tx) {
        return people(tx).flatMap(m -> Stream.of(m.id().toString(), m.email())).collect(Collectors.toSet());
    }

    @Override
    public List<Member> holders(Tx tx, String role) {
        return people(tx).filter(m -> m.roles().contains(role)).toList();
    }

    @Override
    public Optional<Member> member(Tx tx, String idOrEmail) {
        return people(tx)
                .filter(m -> m.id().toString().equals(idOrEmail) || m.email().equals(idOrEmail))
                .findFirst();
    }

    @Override
    public void tell(Tx tx, List<Member> people, Message message) {
        // Nobody reads mail in a trial.
    }

    @Override
    public Optional<EntityCard> card(Tx tx, String entityType, UUID entityId) {
        return Optional.of(EntityCard.of(entityType + " " + entityId));
    }
}
