package dev.millrace.engine;

import dev.millrace.language.Policies;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Companies kept in memory: what a library user's own directory may be. */
final class TestDirectory implements Directory {
    record Told(Member member, Message message) {}

    private final Map<UUID, List<Member>> members = new ConcurrentHashMap<>();
    private final Map<UUID, List<Told>> told = new ConcurrentHashMap<>();

    private final Map<UUID, Policies> policies = new ConcurrentHashMap<>();
    private final Map<UUID, Integer> policyReads = new ConcurrentHashMap<>();
    private final Map<UUID, Set<String>> modules = new ConcurrentHashMap<>();

    void setPolicies(UUID tenant, Policies wanted) {
        policies.put(tenant, wanted);
    }

    /** How often the engine has asked for the policies. */
    int policyReads(UUID tenant) {
        return policyReads.getOrDefault(tenant, 0);
    }

    void setModules(UUID tenant, Set<String> wanted) {
        modules.put(tenant, wanted);
    }

    Member add(UUID tenant, String name, String... roles) {
        var member = new Member(
                UUID.nameUUIDFromBytes((tenant + name).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                name,
                name.toLowerCase(java.util.Locale.ROOT) + "@test.example",
                true,
                Set.of(roles));
        members.computeIfAbsent(tenant, t -> new ArrayList<>()).add(member);
        return member;
    }

    List<Told> told(UUID tenant) {
        return told.getOrDefault(tenant, List.of());
    }

    private Stream<Member> of(Tx tx) {
        return members.getOrDefault(tx.tenant(), List.of()).stream();
    }

    @Override
    public TenantInfo tenant(Tx tx) {
        return new TenantInfo(tx.tenant(), "test", "Test Ltd", "INR", "IN", ZoneId.of("Asia/Kolkata"), "IN_GST");
    }

    @Override
    public Set<String> modules(Tx tx) {
        return modules.getOrDefault(tx.tenant(), Set.of("core", "trial"));
    }

    @Override
    public Policies policies(Tx tx) {
        policyReads.merge(tx.tenant(), 1, Integer::sum);
        return policies.getOrDefault(tx.tenant(), Policies.DEFAULT);
    }

    @Override
    public Map<String, Integer> roles(Tx tx) {
        var roles = new HashMap<>(Map.of("Finance Head", 0, "CFO", 0, "Nobody", 0));
        of(tx).flatMap(m -> m.roles().stream()).forEach(role -> roles.merge(role, 1, Integer::sum));
        return roles;
    }

    @Override
    public Set<String> memberNames(Tx tx) {
        return of(tx).flatMap(m -> Stream.of(m.id().toString(), m.email())).collect(Collectors.toSet());
    }

    @Override
    public List<Member> holders(Tx tx, String role) {
        return of(tx).filter(m -> m.roles().contains(role)).toList();
    }

    @Override
    public Optional<Member> member(Tx tx, String idOrEmail) {
        return of(tx).filter(
                        m -> m.id().toString().equals(idOrEmail) || m.email().equals(idOrEmail))
                .findFirst();
    }

    @Override
    public void tell(Tx tx, List<Member> people, Message message) {
        tx.afterCommit(() -> people.forEach(
                p -> told.computeIfAbsent(tx.tenant(), t -> new ArrayList<>()).add(new Told(p, message))));
    }

    @Override
    public Optional<EntityCard> card(Tx tx, String entityType, UUID entityId) {
        return Optional.of(EntityCard.of(entityType + " " + entityId));
    }
}
