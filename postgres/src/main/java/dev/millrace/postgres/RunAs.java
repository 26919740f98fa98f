package dev.millrace.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As whom PostgreSQL runs: it refuses to run as root. */
interface RunAs {
    Logger LOG = LoggerFactory.getLogger(RunAs.class);

    /** The user id that Linux shows in a user namespace without a mapping, and that of the account "nobody". */
    int NOBODY = 65534;

    /** Picks what works on this machine; replaced in tests. */
    @FunctionalInterface
    interface Choice {
        RunAs choose(Home home, Binaries binaries) throws IOException;
    }

    /** The command as it must be called. */
    List<String> wrap(List<String> command);

    /** Makes the server's own files and folders accessible to it. */
    default void hand(Path path) throws IOException {}

    /** As the user of this process. */
    record Same() implements RunAs {
        @Override
        public List<String> wrap(List<String> command) {
            return command;
        }
    }

    /**
     * In a user namespace of its own, where root is nobody in particular: the files stay root's, so the home folder may
     * lie anywhere. Some containers forbid it.
     */
    record Namespace() implements RunAs {
        @Override
        public List<String> wrap(List<String> command) {
            return prefixed(List.of("unshare", "--user"), command);
        }

        @Override
        public void hand(Path path) throws IOException {
            own(path, 0);
        }
    }

    /** As the account "nobody", which needs a home folder that it can reach. */
    record Nobody() implements RunAs {
        @Override
        public List<String> wrap(List<String> command) {
            return prefixed(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"), command);
        }

        @Override
        public void hand(Path path) throws IOException {
            own(path, NOBODY);
        }
    }

    /**
     * The user itself, or for root the first way that works.
     *
     * @throws PostgresUnavailable if this is root and no way works here
     */
    static RunAs choose(Home home, Binaries binaries) throws IOException {
        if (!isRoot()) {
            return new Same();
        }
        return firstThatWorks(List.of(new Namespace(), new Nobody()), home, binaries);
    }

    static RunAs firstThatWorks(List<RunAs> ways, Home home, Binaries binaries) throws IOException {
        var faults = new ArrayList<String>();
        for (var way : ways) {
            var fault = probe(way, home, binaries);
            if (fault.isEmpty()) {
                LOG.debug("PostgreSQL runs by {}", way);
                return way;
            }
            faults.add(fault);
        }
        throw new PostgresUnavailable(
                "PostgreSQL does not run as root, and no way to run it as another user works here ("
                        + String.join("; ", faults)
                        + "). Start Millrace as an ordinary user, or set MILLRACE_DATABASE_URL to a"
                        + " PostgreSQL of your own.");
    }

    static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid && uid == 0;
    }

    /** Empty if it works; else what did not. */
    private static String probe(RunAs way, Home home, Binaries binaries) throws IOException {
        if (way instanceof Nobody) {
            letPass(home.folder());
        }
        // initdb looks up the name of its user, the server enters the home and runs the binaries: try all three.
        var check = List.of(
                "sh",
                "-c",
                "id -un && cd \"$1\" && \"$2\" --version",
                "sh",
                home.folder().toString(),
                binaries.postgres().toString());
        var words = way.wrap(check);
        try {
            var ended = Command.run(words, Path.of("/"), Duration.ofSeconds(10));
            return ended.ok() ? "" : words.getFirst() + ": " + ended.output().replace('\n', ' ');
        } catch (IOException e) {
            return words.getFirst() + ": " + e.getMessage();
        }
    }

    /** Others may pass through the folder, not list it; the files with passwords are readable by root only. */
    private static void letPass(Path folder) throws IOException {
        var mode = Files.getPosixFilePermissions(folder);
        if (mode.add(PosixFilePermission.OTHERS_EXECUTE)) {
            Files.setPosixFilePermissions(folder, mode);
        }
    }

    private static List<String> prefixed(List<String> prefix, List<String> command) {
        return Stream.concat(prefix.stream(), command.stream()).toList();
    }

    /** Only if the top is another's: walking a large data folder on each start would take time for nothing. */
    private static void own(Path top, int uid) throws IOException {
        if (Files.getAttribute(top, "unix:uid", LinkOption.NOFOLLOW_LINKS) instanceof Integer owner && owner == uid) {
            return;
        }
        try (var paths = Files.walk(top)) {
            // The top last, so that a start that was cut off here is made whole by the next.
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }
}
