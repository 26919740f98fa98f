package dev.millrace.erp.webhook;

import dev.millrace.engine.Tx;
import dev.millrace.erp.core.Vault;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs webhooks as Standard Webhooks 1.0 says (standardwebhooks.com), with a company's secrets. */
public final class Signing {
    private static final String HMAC = "HmacSHA256";

    private final Vault vault;
    private final WebhookSecretRows rows = new WebhookSecretRows();

    public Signing(Vault vault) {
        this.vault = vault;
    }

    /** What one secret is encrypted for. */
    public static String purpose(String name) {
        return "webhook_secret/" + name;
    }

    /** The keys of that name that sign now, the newest first; empty: there is no secret of that name. */
    List<byte[]> keys(Tx tx, String name) {
        return rows.sealed(tx, name).stream()
                .map(stored -> vault.open(tx, purpose(name), stored))
                .toList();
    }

    /** The value of {@code webhook-signature}: one signature for each key. */
    static String sign(List<byte[]> keys, String id, Instant at, byte[] body) {
        byte[] head = (id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
        return keys.stream().map(key -> "v1," + hmac(key, head, body)).collect(Collectors.joining(" "));
    }

    private static String hmac(byte[] key, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            mac.update(head);
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
