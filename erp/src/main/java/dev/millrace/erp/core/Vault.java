package dev.millrace.erp.core;

import dev.millrace.engine.Tx;
import dev.millrace.erp.MasterKey;
import dev.millrace.erp.MasterKey.Named;
import dev.millrace.erp.core.TenantKeyRows.Wrapped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what nobody may read in the database: AES-256-GCM with a data key of the company, which the master key
 * encrypts. What is encrypted belongs to its company and its purpose: elsewhere it cannot be opened.
 */
public final class Vault {
    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD_BYTES = 1 + Integer.BYTES;

    private final MasterKey master;
    private final SecureRandom random;
    private final TenantKeyRows rows = new TenantKeyRows();

    public Vault(MasterKey master, SecureRandom random) {
        this.master = master;
        this.random = random;
    }

    /**
     * Joins the caller's transaction; makes the company's data key on the first use.
     *
     * @param purpose what it is, and of whom: {@code webhook_secret/default}; needed to open it again
     */
    public byte[] seal(Tx tx, String purpose, byte[] clear) {
        Wrapped newest = rows.newest(tx).orElseGet(() -> first(tx));
        byte[] sealed = encrypt(unwrap(tx, newest), clear, context(tx.tenant(), purpose, newest.version()));
        return ByteBuffer.allocate(HEAD_BYTES + sealed.length)
                .put(FORMAT)
                .putInt(newest.version())
                .put(sealed)
                .array();
    }

    /**
     * Joins the caller's transaction.
     *
     * @throws IllegalStateException it was not sealed for this company and purpose, was changed, or the master key that
     *     it needs is not there
     */
    public byte[] open(Tx tx, String purpose, byte[] sealed) {
        var in = ByteBuffer.wrap(sealed);
        if (sealed.length < HEAD_BYTES + NONCE_BYTES || in.get() != FORMAT) {
            throw new IllegalStateException("what is to be opened was not sealed here: " + purpose);
        }
        int version = in.getInt();
        Wrapped key = rows.find(tx, version)
                .orElseThrow(() -> new IllegalStateException("the company has no data key of version " + version));
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        return decrypt(unwrap(tx, key), rest, context(tx.tenant(), purpose, version));
    }

    private Wrapped first(Tx tx) {
        byte[] key = new byte[MasterKey.BYTES];
        random.nextBytes(key);
        rows.insert(tx, wrap(tx.tenant(), 1, key));
        return rows.newest(tx).orElseThrow();
    }

    private Wrapped wrap(UUID tenant, int version, byte[] key) {
        Named current = master.current();
        byte[] wrapped = encrypt(current.key(), key, wrapping(tenant, version));
        return new Wrapped(version, Base64.getEncoder().encodeToString(wrapped), current.id());
    }

    /** Wraps it anew on the way, if a former master key did. */
    private SecretKey unwrap(Tx tx, Wrapped key) {
        Named named = master.find(key.master())
                .orElseThrow(
                        () -> new IllegalStateException("the secrets of this company are encrypted with the master key "
                                + key.master() + ", which this server does not have: give it as a former one"));
        byte[] wrapped = Base64.getDecoder().decode(key.wrapped());
        byte[] clear = decrypt(named.key(), wrapped, wrapping(tx.tenant(), key.version()));
        if (!named.id().equals(master.current().id())) {
            rows.rewrap(tx, wrap(tx.tenant(), key.version(), clear));
        }
        return new SecretKeySpec(clear, "AES");
    }

    private byte[] encrypt(SecretKey key, byte[] clear, byte[] context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, context, clear, 0, clear.length);
        return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    private static byte[] decrypt(SecretKey key, byte[] sealed, byte[] context) {
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        return cipher(Cipher.DECRYPT_MODE, key, nonce, context, sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    }

    private static byte[] cipher(
            int mode, SecretKey key, byte[] nonce, byte[] context, byte[] input, int from, int length) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context);
            return cipher.doFinal(input, from, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("what is encrypted cannot be opened here, or was changed", e);
        }
    }

    private static byte[] wrapping(UUID tenant, int version) {
        return ("data key of " + tenant + ", version " + version).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] context(UUID tenant, String purpose, int version) {
        return (purpose + " of " + tenant + ", version " + version).getBytes(StandardCharsets.UTF_8);
    }
}
