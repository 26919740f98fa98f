package dev.millrace.erp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The installation's key, AES-256: it encrypts the data key of every company, and those encrypt their secrets. After it
 * was exchanged the former ones still open what they encrypted, until all of it is encrypted anew.
 */
public final class MasterKey {
    /** Length of a key. */
    public static final int BYTES = 32;

    private static final int ID_BYTES = 8;

    private final Named current;
    private final List<Named> former;

    private MasterKey(Named current, List<Named> former) {
        this.current = current;
        this.former = List.copyOf(former);
    }

    /**
     * A key with its name: the beginning of its digest, which tells nothing of the key.
     *
     * @param id 16 hexadecimal digits
     */
    public record Named(String id, SecretKey key) {
        @Override
        public String toString() {
            return "Named[" + id + "]";
        }
    }

    /**
     * @param key {@value #BYTES} bytes
     */
    public static MasterKey of(byte[] key) {
        return new MasterKey(named(key), List.of());
    }

    /** The same, opening also what {@code key} encrypted. */
    public MasterKey after(byte[] key) {
        var all = new ArrayList<>(former);
        all.add(named(key));
        return new MasterKey(current, all);
    }

    /**
     * @param text 32 bytes in base64, as {@code openssl rand -base64 32} writes them
     * @return empty: it is no such text
     */
    public static Optional<byte[]> read(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text.strip())).filter(bytes -> bytes.length == BYTES);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Named named(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("Expected a master key of 32 bytes but got " + key.length);
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return new Named(HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES)), new SecretKeySpec(key, "AES"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What encrypts from now on. */
    public Named current() {
        return current;
    }

    /** The key of that name, if it is there. */
    public Optional<Named> find(String id) {
        return current.id().equals(id)
                ? Optional.of(current)
                : former.stream().filter(named -> named.id().equals(id)).findFirst();
    }

    @Override
    public String toString() {
        return "MasterKey[" + current.id() + "]";
    }
}
