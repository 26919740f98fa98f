package dev.millrace.erp;

import dev.millrace.engine.Member;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.MemberRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The people of a company: who signs in, what they hold, and what they may do. */
public final class Members {
    /** For look-ups by security-definer functions, which do not ask for the tenant. */
    private static final UUID NO_TENANT = new UUID(0, 0);

    private final Transactions transactions;
    private final MemberRows members = new MemberRows();
    private final CompanyRows companies = new CompanyRows();

    Members(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The company that people sign in to by this slug. Runs a transaction of its own. */
    public Optional<UUID> companyBySlug(String slug) {
        return transactions.run(NO_TENANT, tx -> companies.bySlug(tx, slug));
    }

    /** By slug or id, as other systems name it. Runs transactions of its own. */
    public Optional<UUID> company(String slugOrId) {
        return companyBySlug(slugOrId)
                .or(() -> id(slugOrId).filter(tenant -> transactions.run(tenant, tx -> companies.exists(tx))));
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** For the sign-in, by e-mail in any case; also a member that is not active any more. */
    public Optional<Login> login(Tx tx, String email) {
        return members.byEmail(tx, email).map(found -> new Login(found.member(), found.passwordHash()));
    }

    /** A member with what the sign-in compares. */
    public record Login(Member member, String passwordHash) {
        @Override
        public String toString() {
            return "Login[" + member.email() + "]";
        }
    }

    public Optional<Member> find(Tx tx, UUID id) {
        return Optional.ofNullable(members.byIds(tx, List.of(id)).get(id));
    }

    /** By name; also those that are not active any more. */
    public List<Member> list(Tx tx) {
        return members.all(tx);
    }

    /** Every role with its number of active members. */
    public Map<String, Integer> roles(Tx tx) {
        return members.roleSizes(tx);
    }

    /** What the member may do, by {@link Permissions}; nothing when not active. */
    public Set<String> permissions(Member member) {
        return member.active() ? Permissions.of(member.roles()) : Set.of();
    }

    /** Whether what concerns the member comes by e-mail too; in the app it comes always. */
    public void preferEmail(Tx tx, UUID member, boolean wanted) {
        members.preferEmail(tx, member, wanted);
    }
}
