package dev.millrace.erp;

import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.DecisionLinkRows;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Links in e-mails by which a member decides one request, and nobody else and nothing else. A link is made when its mail
 * is sent and stands in that mail only; here is its hash. It says who decides and what: whether he may is asked when he
 * does.
 */
public final class DecisionLinks {
    /** For the look-up by a security-definer function, which does not ask for the tenant. */
    private static final UUID NO_TENANT = new UUID(0, 0);

    private static final int TOKEN_BYTES = 32;

    private final Transactions transactions;
    private final RandomGenerator random;
    private final DecisionLinkRows rows = new DecisionLinkRows();

    DecisionLinks(Transactions transactions, RandomGenerator random) {
        this.transactions = transactions;
        this.random = random;
    }

    /**
     * What a link leads to.
     *
     * @param usedAt when it decided; it does so once
     */
    public record Opened(UUID tenant, UUID request, UUID member, Optional<Instant> usedAt) {}

    /** A new link, good once the caller's transaction is committed. */
    String make(Tx tx, UUID request, UUID member) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        rows.insert(tx, hash(token), request, member);
        return token;
    }

    /** In transactions of its own; empty for whatever is no link. */
    public Optional<Opened> open(String token) {
        byte[] hash = hash(token);
        Optional<UUID> tenant = transactions.run(NO_TENANT, tx -> rows.tenantOf(tx, hash));
        return tenant.flatMap(of -> transactions.run(
                of,
                tx -> rows.find(tx, hash)
                        .map(found -> new Opened(of, found.request(), found.member(), found.usedAt()))));
    }

    /** In a transaction of its own: the link has decided, and decides nothing more. */
    public void used(Opened link, String token) {
        transactions.run(link.tenant(), tx -> {
            rows.use(tx, hash(token));
            return link;
        });
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
