package dev.millrace.trials.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Which version of the sources is tried. */
final class Commit {
    private Commit() {}

    /** The short hash, or {@code unknown} outside a repository. */
    static String here() {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD").start();
            String hash = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? hash : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
