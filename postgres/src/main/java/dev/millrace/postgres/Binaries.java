package dev.millrace.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/** The unpacked binaries of PostgreSQL. */
record Binaries(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(Binaries.class);
    private static final String MARKER = ".ok";
    private static final String DRAFT = "unpacking-";

    Path initdb() {
        return folder.resolve("bin/initdb");
    }

    Path pgCtl() {
        return folder.resolve("bin/pg_ctl");
    }

    Path postgres() {
        return folder.resolve("bin/postgres");
    }

    /** Unpacks below {@code parent}, once per content; several processes may do so at the same time. */
    static Binaries unpackedIn(Path parent) throws IOException {
        var archive = archiveName();
        var target = parent.resolve("postgres-" + contentHash(archive));
        if (isWhole(target)) {
            return new Binaries(target);
        }
        Files.createDirectories(parent);
        LOG.info("Unpacking PostgreSQL to {}", target);
        var draft = Files.createTempDirectory(parent, DRAFT);
        try {
            unpack(archive, draft);
            putInPlace(draft, target);
        } finally {
            Home.deleteTree(draft);
        }
        return new Binaries(target);
    }

    /** Removes what starts that were cut off left in a folder in which nobody else unpacks. */
    static void sweep(Path parent) throws IOException {
        try (var drafts = Files.newDirectoryStream(parent, DRAFT + "*")) {
            for (var draft : drafts) {
                Home.deleteTree(draft);
            }
        }
    }

    private static void putInPlace(Path draft, Path target) throws IOException {
        if (Files.exists(target) && !isWhole(target)) {
            var torn = draft.resolveSibling(draft.getFileName() + "-torn");
            Files.move(target, torn, StandardCopyOption.ATOMIC_MOVE);
            Home.deleteTree(torn);
        }
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another process was quicker: a folder is never renamed onto one that has content.
            if (!isWhole(target)) {
                throw e;
            }
        }
    }

    /**
     * The marker lists each file with its size. A marker alone would not do: a power cut after the rename can leave
     * empty files, and cleaners of temporary folders take some files and leave others.
     */
    private static boolean isWhole(Path target) throws IOException {
        var marker = target.resolve(MARKER);
        if (!Files.isRegularFile(marker)) {
            return false;
        }
        for (var line : Files.readAllLines(marker)) {
            int space = line.indexOf(' ');
            var file = target.resolve(line.substring(space + 1));
            if (!Files.isRegularFile(file) || Files.size(file) != Long.parseLong(line.substring(0, space))) {
                return false;
            }
        }
        return true;
    }

    private static void unpack(String archive, Path folder) throws IOException {
        // World-readable, so that the account under which root runs the server can read its own programs.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var files = new ArrayList<String>();
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open(archive))))) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                write(tar, entry, folder, files);
            }
        }
        Files.write(folder.resolve(MARKER), files);
    }

    private static void write(InputStream tar, TarArchiveEntry entry, Path folder, List<String> files)
            throws IOException {
        var target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("The archive of PostgreSQL has an entry outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        var mode = (entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x";
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(mode));
        files.add(entry.getSize() + " " + folder.relativize(target));
    }

    private static String archiveName() {
        var system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        var processor = System.getProperty("os.arch", "");
        var name = "postgres-" + system + "-"
                + switch (processor) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64" -> "arm_64";
                    default -> processor;
                }
                + ".txz";
        if (Binaries.class.getResource("/" + name) == null) {
            throw new PostgresUnavailable(
                    "No PostgreSQL for " + system + " on " + processor + " comes with this Millrace (" + name
                            + " is not on the class path). Set MILLRACE_DATABASE_URL to a PostgreSQL of your own.");
        }
        return name;
    }

    private static InputStream open(String archive) throws IOException {
        var stream = Binaries.class.getResourceAsStream("/" + archive);
        if (stream == null) {
            throw new IOException(archive + " is not on the class path");
        }
        return stream;
    }

    private static String contentHash(String archive) throws IOException {
        try (var stream = new DigestInputStream(open(archive), MessageDigest.getInstance("SHA-256"))) {
            stream.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(stream.getMessageDigest().digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
