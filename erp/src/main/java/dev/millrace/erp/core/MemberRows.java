package dev.millrace.erp.core;

import static java.util.stream.Collectors.toMap;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import dev.millrace.erp.NewCompany.NewMember;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code members} and {@code member_roles}. */
public final class MemberRows {
    // Roles are gathered by member_roles_member.
    private static final String SELECT = """
            select m.id, m.name, m.email, m.active, m.password_hash, m.phone,
                   array(select r.role from member_roles r
                          where r.tenant_id = m.tenant_id and r.member_id = m.id) as roles
              from members m
             where m.tenant_id = :tenant
            """;

    // Index: members_tenant_id_email_key.
    private static final String BY_EMAIL = SELECT + " and m.email = :email";

    /** Also one that is not active any more. */
    public Optional<Login> byEmail(Tx tx, String email) {
        return tx.handle()
                .createQuery(BY_EMAIL)
                .bind("tenant", tx.tenant())
                .bind("email", email.strip().toLowerCase(Locale.ROOT))
                .map((row, context) -> new Login(member(row, context), row.getString("password_hash")))
                .findOne();
    }

    /** What a sign-in compares. */
    public record Login(Member member, String passwordHash) {}

    // Index: members_pkey.
    private static final String BY_IDS = SELECT + " and m.id = any(:ids)";

    public Map<UUID, Member> byIds(Tx tx, Collection<UUID> ids) {
        return tx
                .handle()
                .createQuery(BY_IDS)
                .registerArrayType(UUID.class, "uuid")
                .bind("tenant", tx.tenant())
                .bindArray("ids", UUID.class, List.copyOf(ids))
                .map(MemberRows::member)
                .stream()
                .collect(toMap(Member::id, member -> member));
    }

    /** The active member who acts; empty: it is none. */
    public Optional<Member> person(Tx tx, Actor actor) {
        return actor.id()
                .filter(id -> actor.isPerson())
                .map(UUID::fromString)
                .flatMap(id -> Optional.ofNullable(byIds(tx, List.of(id)).get(id)))
                .filter(Member::active);
    }

    // Index: members_pkey; a company's people are few.
    private static final String ALL = SELECT + " order by m.name, m.id";

    public List<Member> all(Tx tx) {
        return tx.handle()
                .createQuery(ALL)
                .bind("tenant", tx.tenant())
                .map(MemberRows::member)
                .list();
    }

    // Index: member_roles_pkey, then members_pkey.
    private static final String HOLDERS = SELECT + """
                       and m.active
                       and exists (select from member_roles h
                                    where h.tenant_id = m.tenant_id and h.role = :role and h.member_id = m.id)
                     order by m.name, m.id
                    """;

    /** Active ones only. */
    public List<Member> holders(Tx tx, String role) {
        return tx.handle()
                .createQuery(HOLDERS)
                .bind("tenant", tx.tenant())
                .bind("role", role)
                .map(MemberRows::member)
                .list();
    }

    // Index: member_roles_pkey, once for all roles.
    private static final String ROLE_SIZES = """
            select r.name, count(m.id) as people
              from roles r
              left join member_roles h on h.tenant_id = r.tenant_id and h.role = r.name
              left join members m on m.tenant_id = h.tenant_id and m.id = h.member_id and m.active
             where r.tenant_id = :tenant
             group by r.name
             order by r.name
            """;

    public Map<String, Integer> roleSizes(Tx tx) {
        var sizes = new LinkedHashMap<String, Integer>();
        tx.handle()
                .createQuery(ROLE_SIZES)
                .bind("tenant", tx.tenant())
                .map((row, context) -> Map.entry(row.getString("name"), row.getInt("people")))
                .forEach(entry -> sizes.put(entry.getKey(), entry.getValue()));
        return sizes;
    }

    // Index: members_pkey.
    private static final String CONTACTS = """
            select m.id, m.email, m.phone, m.prefers_email
              from members m
             where m.tenant_id = :tenant and m.id = any(:ids)
             order by m.id
            """;

    /** How people are reached, in the order of their ids. */
    public List<Contact> contacts(Tx tx, Collection<UUID> ids) {
        return tx.handle()
                .createQuery(CONTACTS)
                .registerArrayType(UUID.class, "uuid")
                .bind("tenant", tx.tenant())
                .bindArray("ids", UUID.class, List.copyOf(ids))
                .map((row, context) -> new Contact(
                        row.getObject("id", UUID.class),
                        row.getString("email"),
                        Optional.ofNullable(row.getString("phone")),
                        row.getBoolean("prefers_email")))
                .list();
    }

    /** Where a member is reached. */
    public record Contact(UUID member, String email, Optional<String> phone, boolean prefersEmail) {}

    private static final String INSERT = """
            insert into members (tenant_id, id, email, name, phone, password_hash)
            values (:tenant, :id, :email, :name, :phone, :passwordHash)
            """;
    private static final String INSERT_ROLE = """
            insert into member_roles (tenant_id, role, member_id) values (:tenant, :role, :member)
            """;

    public void insert(Tx tx, UUID id, NewMember member) {
        tx.handle()
                .createUpdate(INSERT)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("email", member.email().strip().toLowerCase(Locale.ROOT))
                .bind("name", member.name())
                .bind("phone", member.phone())
                .bind("passwordHash", member.passwordHash())
                .execute();
        insertRoles(tx, id, member.roles());
    }

    // Index: members_pkey.
    private static final String HOLD = """
            select id from members where tenant_id = :tenant and id = :id for no key update
            """;

    /** Locks the member. */
    public Optional<Member> hold(Tx tx, UUID id) {
        return tx.handle()
                .createQuery(HOLD)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne()
                .map(found -> byIds(tx, List.of(found)).get(found));
    }

    // Index: members_pkey.
    private static final String SET_ACTIVE = """
            update members set active = :active, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id
            """;

    public void setActive(Tx tx, UUID id, boolean active) {
        tx.handle()
                .createUpdate(SET_ACTIVE)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("active", active)
                .execute();
    }

    // Index: member_roles_member.
    private static final String DROP_ROLES = """
            delete from member_roles where tenant_id = :tenant and member_id = :id
            """;

    /** These are all that the member holds afterwards. */
    public void setRoles(Tx tx, UUID id, Set<String> roles) {
        tx.handle()
                .createUpdate(DROP_ROLES)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .execute();
        insertRoles(tx, id, roles);
    }

    private static void insertRoles(Tx tx, UUID id, Collection<String> roles) {
        var batch = tx.handle().prepareBatch(INSERT_ROLE);
        roles.forEach(role -> batch.bind("tenant", tx.tenant())
                .bind("role", role)
                .bind("member", id)
                .add());
        batch.execute();
    }

    // Index: members_pkey.
    private static final String PREFER_EMAIL = """
            update members set prefers_email = :wanted, version = version + 1, updated_at = millrace_now()
             where tenant_id = :tenant and id = :id
            """;

    public void preferEmail(Tx tx, UUID id, boolean wanted) {
        tx.handle()
                .createUpdate(PREFER_EMAIL)
                .bind("tenant", tx.tenant())
                .bind("id", id)
                .bind("wanted", wanted)
                .execute();
    }

    private static Member member(ResultSet row, StatementContext context) throws SQLException {
        return new Member(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("email"),
                row.getBoolean("active"),
                Set.of((String[]) row.getArray("roles").getArray()));
    }
}
