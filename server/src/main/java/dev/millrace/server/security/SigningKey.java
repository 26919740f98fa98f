package dev.millrace.server.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.millrace.server.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;

/** The keys that sign, each in a file of {@code keys} in the home folder, for its owner's eyes only. */
public final class SigningKey {
    private SigningKey() {}

    /** The key of tokens; made on the first start. */
    public static ECKey of(Path home) {
        return of(home, "tokens", "everybody then signs in again");
    }

    /** The key of exported heads of the journal; made when it is first needed. */
    public static ECKey ofHeads(Path home) {
        return of(home, "heads", "heads that were exported with it are then told to be signed by another key");
    }

    private static ECKey of(Path home, String name, String otherwise) {
        Path folder = home.resolve("keys");
        Path file = folder.resolve(name + ".jwk");
        try {
            if (!Files.exists(file)) {
                make(folder, file);
            }
            return ECKey.parse(Files.readString(file));
        } catch (IOException | ParseException e) {
            throw new StartRefused("Cannot read or make the key of " + name + " in " + file + " (" + e.getMessage()
                    + "). If it is damaged, delete it: " + otherwise + ".");
        }
    }

    private static void make(Path folder, Path file) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            ECKey key =
                    new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
            Path draft = Files.createTempFile(
                    folder,
                    "key",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, key.toJSONString());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (JOSEException e) {
            throw new IllegalStateException("Java has no P-256", e);
        }
    }
}
