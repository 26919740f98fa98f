package dev.millrace.server.security;

import java.util.concurrent.Semaphore;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Makes passwords into what is stored, and compares them with it, by Argon2id. */
public final class Passwords {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 16 * 1024;
    private static final int ROUNDS = 2;

    private static final Argon2PasswordEncoder ENCODER =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, ROUNDS);

    /** Each takes 16 MiB and a core: a flood of sign-ins waits in line instead of taking the server down. */
    private static final Semaphore AT_ONCE = new Semaphore(4);

    /** What the password of somebody who is not there is compared with, so that it takes as long. */
    private static final class Nobody {
        private static final String HASH = hash("nobody has this password");
    }

    private Passwords() {}

    public static String hash(String password) {
        return String.valueOf(ENCODER.encode(password));
    }

    static boolean matches(String password, String hash) {
        AT_ONCE.acquireUninterruptibly();
        try {
            return ENCODER.matches(password, hash);
        } finally {
            AT_ONCE.release();
        }
    }

    /** Takes as long as {@link #matches}; false. */
    static boolean matchesNobody(String password) {
        matches(password, Nobody.HASH);
        return false;
    }
}
