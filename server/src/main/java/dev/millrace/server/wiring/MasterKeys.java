package dev.millrace.server.wiring;

import dev.millrace.erp.MasterKey;
import dev.millrace.server.Settings;
import dev.millrace.server.StartRefused;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** The key that secrets are encrypted with: of the environment, or of a file beside the embedded database. */
final class MasterKeys {
    private MasterKeys() {}

    /**
     * @throws StartRefused a database of somebody else, which other nodes use too, and no key that they could share
     */
    static MasterKey of(Settings settings, SecureRandom random) {
        Optional<MasterKey> given = settings.outside().masterKey();
        if (given.isPresent()) {
            return given.get();
        }
        if (settings.external().isPresent() && !settings.demo()) {
            throw new StartRefused("Expected MILLRACE_MASTER_KEY beside MILLRACE_DATABASE_URL, but it is not set: the"
                    + " secrets in the database are encrypted with it. Make one with 'openssl rand -base64 32', keep it"
                    + " apart from the database, and give the same to every server.");
        }
        return MasterKey.of(ofFile(settings.home().resolve("keys"), random));
    }

    private static byte[] ofFile(Path folder, SecureRandom random) {
        Path file = folder.resolve("master.key");
        try {
            if (!Files.exists(file)) {
                make(folder, file, random);
            }
            return MasterKey.read(Files.readString(file)).orElseThrow(() -> new IOException("it holds no key"));
        } catch (IOException e) {
            throw new StartRefused("Cannot read or make the master key in " + file + " (" + e.getMessage()
                    + "). What is encrypted with it cannot be read without it: restore it from a backup.");
        }
    }

    private static void make(Path folder, Path file, SecureRandom random) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        byte[] key = new byte[MasterKey.BYTES];
        random.nextBytes(key);
        Path draft = Files.createTempFile(
                folder,
                "master",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, Base64.getEncoder().encodeToString(key));
        try {
            // A link and no move: it never replaces a key that another process made in the meantime.
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // That one is it.
        }
        Files.delete(draft);
    }
}
