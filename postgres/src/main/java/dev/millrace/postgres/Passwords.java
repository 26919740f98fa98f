package dev.millrace.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;

/** The random passwords of the embedded server, each in a file that its owner alone can read. */
final class Passwords {
    static final String SUPERUSER = "postgres";

    private static final int BYTES = 24;

    private Passwords() {}

    /** Before initdb; a file of a torn first start is used again. */
    static void ensureSuperuser(Home home) throws IOException {
        if (!Files.exists(home.passwordOf(SUPERUSER))) {
            store(home, SUPERUSER, random());
        }
    }

    /** Before initdb: the roles of a torn first start are gone, so their passwords are worth nothing. */
    static void forgetSignIns(Home home) throws IOException {
        for (var user : Databases.SIGN_INS) {
            Files.deleteIfExists(home.passwordOf(user));
        }
    }

    static void store(Home home, String user, String password) throws IOException {
        Home.write(home.passwordOf(user), password + "\n");
    }

    static String random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
