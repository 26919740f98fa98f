package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.Vault;
import dev.millrace.erp.webhook.Signing;
import dev.millrace.erp.webhook.WebhookSecretRows;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The secrets that sign a company's webhooks, by name. They lie encrypted; the journal has their names only. Every method
 * joins the caller's transaction.
 */
public final class WebhookSecrets {
    /** What signs where a step names no other. */
    public static final String DEFAULT = "default";

    /** How long the old secret signs beside the new one, so that the receiver can change over. */
    public static final Duration OVERLAP = Duration.ofHours(24);

    /** Lower case, a letter first, at most 63 characters. */
    public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    private static final String PREFIX = "whsec_";
    private static final int NEW_BYTES = 32;

    /** The sizes that Standard Webhooks allows. */
    private static final int LEAST_BYTES = 24;

    private static final int MOST_BYTES = 64;

    private final Trail trail;
    private final Vault vault;
    private final SecureRandom random;
    private final Supplier<UUID> ids;
    private final WebhookSecretRows rows = new WebhookSecretRows();

    WebhookSecrets(Trail trail, Vault vault, SecureRandom random, Supplier<UUID> ids) {
        this.trail = trail;
        this.vault = vault;
        this.random = random;
        this.ids = ids;
    }

    /** What came of making one. */
    public sealed interface Made {
        /**
         * @param text {@code whsec_…}, to be shown now and never again
         */
        record Done(WebhookSecret secret, String text) implements Made {
            @Override
            public String toString() {
                return "Done[" + secret.name() + "]";
            }
        }

        record NameTaken() implements Made {}

        record NotFound() implements Made {}

        /** The text that was given is none of {@code whsec_} and 24 to 64 bytes in base64. */
        record NoSecret() implements Made {}
    }

    /** By name. */
    public List<WebhookSecret> list(Tx tx) {
        return rows.list(tx);
    }

    /**
     * @param given a secret of the receiver's; empty: a new one
     */
    public Made create(Tx tx, String name, Optional<String> given, Actor actor) {
        Optional<byte[]> key = key(given);
        if (key.isEmpty()) {
            return new Made.NoSecret();
        }
        byte[] sealed = vault.seal(tx, Signing.purpose(name), key.get());
        if (!rows.insert(tx, ids.get(), name, sealed, actor.name())) {
            return new Made.NameTaken();
        }
        return done(tx, name, key.get(), "webhook_secret.created", actor);
    }

    /** A new secret of that name; the old one signs too for {@link #OVERLAP}. */
    public Made rotate(Tx tx, String name, Optional<String> given, Actor actor) {
        if (rows.hold(tx, name).isEmpty()) {
            return new Made.NotFound();
        }
        Optional<byte[]> key = key(given);
        if (key.isEmpty()) {
            return new Made.NoSecret();
        }
        rows.replace(
                tx,
                name,
                vault.seal(tx, Signing.purpose(name), key.get()),
                tx.now().plus(OVERLAP),
                actor.name());
        return done(tx, name, key.get(), "webhook_secret.rotated", actor);
    }

    /**
     * Steps that name it fail from now on.
     *
     * @return false: there is none of that name
     */
    public boolean delete(Tx tx, String name, Actor actor) {
        Optional<WebhookSecret> known = rows.hold(tx, name);
        known.ifPresent(secret -> {
            rows.delete(tx, name);
            journal(tx, secret, "webhook_secret.deleted", actor);
        });
        return known.isPresent();
    }

    private Made done(Tx tx, String name, byte[] key, String type, Actor actor) {
        WebhookSecret secret = rows.hold(tx, name).orElseThrow();
        journal(tx, secret, type, actor);
        return new Made.Done(secret, PREFIX + Base64.getEncoder().encodeToString(key));
    }

    private void journal(Tx tx, WebhookSecret secret, String type, Actor actor) {
        trail.write(tx, actor, type, "webhook_secret", secret.id(), Optional.empty(), Optional.empty(), secret.name());
    }

    private Optional<byte[]> key(Optional<String> given) {
        if (given.isEmpty()) {
            byte[] key = new byte[NEW_BYTES];
            random.nextBytes(key);
            return Optional.of(key);
        }
        return given.filter(text -> text.startsWith(PREFIX)).flatMap(text -> {
            try {
                return Optional.of(Base64.getDecoder().decode(text.substring(PREFIX.length())))
                        .filter(bytes -> bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }
}
