package dev.millrace.engine;

import dev.millrace.language.BusinessCalendar;
import dev.millrace.language.Policies;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Companies kept in memory: what a library user's own directory may be. */
final class TestDirectory implements Directory {
    record Told(Member member, Message message) {}

    private final Map<UUID, List<Member>> members = new ConcurrentHashMap<>();
    private final Map<UUID, List<Told>> told = new ConcurrentHashMap<>();
    private final Map<UUID, BusinessCalendar> calendars = new ConcurrentHashMap<>();
    private final Map<UUID, List<Delegation>> delegations = new ConcurrentHashMap<>();
    private final Map<UUID, Policies> policies = new ConcurrentHashMap<>();
    private volatile Consumer<UUID> afterRead = document -> {};
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
        members.computeIfAbsent(tenant, t -> new CopyOnWriteArrayList<>()).add(member);
        return member;
    }

    /** Gives a member other roles, or none. */
    Member hold(UUID tenant, Member member, String... roles) {
        var changed = new Member(member.id(), member.name(), member.email(), member.active(), Set.of(roles));
        members.getOrDefault(tenant, List.of()).replaceAll(m -> m.id().equals(member.id()) ? changed : m);
        return changed;
    }

    void rule(UUID tenant, UnaryOperator<ObjectNode> change) {
        var read = (Policies.Read.Good) Policies.of(change.apply(Policies.DEFAULT.toJson()));
        policies.put(tenant, read.policies());
    }

    void work(UUID tenant, BusinessCalendar calendar) {
        calendars.put(tenant, calendar);
    }

    /** {@code to} decides for {@code from}, in these roles only, if any are given. */
    void delegate(UUID tenant, Member from, Member to, String... roles) {
        delegations
                .computeIfAbsent(tenant, t -> new CopyOnWriteArrayList<>())
                .add(new Delegation(new UUID(7, 7), from, to, Set.of(roles), Instant.MIN, Instant.MAX));
    }

    List<Told> told(UUID tenant) {
        return List.copyOf(told.getOrDefault(tenant, List.of()));
    }

    /** Subjects of what a member was told, in order. */
    List<String> told(UUID tenant, Member member) {
        return told(tenant).stream()
                .filter(t -> t.member().id().equals(member.id()))
                .map(t -> t.message().subject())
                .toList();
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
        tx.afterCommit(() -> people.forEach(p -> told.computeIfAbsent(tx.tenant(), t -> new CopyOnWriteArrayList<>())
                .add(new Told(p, message))));
    }

    /** As {@code trial_document} has it; of other documents nothing but a name is known. */
    @Override
    public Optional<EntityCard> card(Tx tx, String entityType, UUID entityId) {
        String label = entityType + " " + entityId;
        Optional<EntityCard> card = tx.handle()
                .createQuery("select material from trial_document where tenant_id = :tenant and id = :id")
                .bind("tenant", tx.tenant())
                .bind("id", entityId)
                .mapTo(String.class)
                .findOne()
                .map(Json::readObject)
                .map(material -> new EntityCard(label, material.deepCopy(), material))
                .or(() -> Optional.of(EntityCard.of(label)));
        afterRead.accept(entityId);
        return card;
    }

    /** Runs {@code what} whenever a document has been read. */
    void afterRead(Consumer<UUID> what) {
        this.afterRead = what;
    }

    @Override
    public BusinessCalendar calendar(Tx tx) {
        return calendars.getOrDefault(
                tx.tenant(), BusinessCalendar.usual(tenant(tx).timeZone()));
    }

    @Override
    public List<Delegation> standsInFor(Tx tx, UUID member) {
        return delegations.getOrDefault(tx.tenant(), List.of()).stream()
                .filter(d -> d.to().id().equals(member))
                .toList();
    }

    @Override
    public List<Delegation> deputiesOf(Tx tx, UUID member) {
        return delegations.getOrDefault(tx.tenant(), List.of()).stream()
                .filter(d -> d.from().id().equals(member))
                .toList();
    }

    @Override
    public void sentBack(Tx tx, String entityType, UUID entityId, Optional<Member> requester, String comment) {
        tx.handle()
                .createUpdate("update trial_document set sent_back = :comment where tenant_id = :tenant and id = :id")
                .bind("comment", comment)
                .bind("tenant", tx.tenant())
                .bind("id", entityId)
                .execute();
        tell(tx, requester.stream().toList(), new Message("Sent back: " + comment, comment, ""));
    }
}
