package dev.millrace.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A home in which a server was started once and stopped; copying it is quicker than making one for each test. */
final class PreparedHome {
    private static final Path MODEL = make();

    private PreparedHome() {}

    static void copyTo(Path home) throws IOException {
        try (var files = Files.walk(MODEL)) {
            for (var file : files.toList()) {
                var target = home.resolve(MODEL.relativize(file).toString());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static Path make() {
        try {
            var home = Path.of("target", "prepared-home");
            Home.deleteTree(home);
            EmbeddedPostgres.start(home, Options.forTests().withBinaries(EmbeddedPostgresTest.BINARIES))
                    .close();
            return home;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
