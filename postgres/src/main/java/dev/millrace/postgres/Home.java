package dev.millrace.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What lies where in a home folder. */
record Home(Path folder) {
    /** Makes the folder if it is not there. Its real path is used, so that two spellings of one folder are one home. */
    static Home in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.toAbsolutePath().normalize());
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        var home = new Home(folder.toRealPath());
        if (home.folder().toString().matches(".*[\"$`\\\\\n].*")) {
            // pg_ctl puts the path between double quotes into a command line of the shell.
            throw new PostgresUnavailable(
                    "The path of the folder " + home.folder() + " has one of the characters \" $ ` \\,"
                            + " with which PostgreSQL cannot be started. Set MILLRACE_HOME to a folder without them.");
        }
        return home;
    }

    Path lock() {
        return folder.resolve("lock");
    }

    Path data() {
        return folder.resolve("data");
    }

    /** Written when initdb is through: without it the data folder is a torn first start. */
    Path initialised() {
        return folder.resolve("initdb.ok");
    }

    Path log() {
        return folder.resolve("postgres.log");
    }

    Path port() {
        return folder.resolve("postgres.port");
    }

    /** The port of the last start; people may have written it down. */
    Optional<Integer> formerPort() {
        try {
            return Optional.of(Integer.valueOf(Files.readString(port()).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    Path passwordOf(String user) {
        return folder.resolve(user + ".password");
    }

    /** Whole or not at all, on disk when it returns; readable by the owner only. */
    static void write(Path file, String content) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = FileChannel.open(draft, options, mode)) {
            var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var parent = FileChannel.open(file.toAbsolutePath().getParent(), Set.of(StandardOpenOption.READ))) {
            parent.force(true);
        }
    }

    /** Deletes a folder with all in it; symbolic links are removed, not followed. */
    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
