package dev.millrace.trials.faults;

import dev.millrace.testkit.LoneServer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The server that all trials of a build share, and the seed of all of them. */
final class Trials {
    private static final Path FOLDER =
            Files.isDirectory(Path.of("target")) ? Path.of("target", "trials") : Path.of("/tmp", "millrace-trials");

    /** Another one: {@code -Dtrials.seed=7}. */
    static final long SEED = Long.getLong("trials.seed", 20_261_129);

    private static final class Holder {
        private static final LoneServer SERVER = start();

        private static LoneServer start() {
            LoneServer server = TrialDatabase.startServer(FOLDER);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
            return server;
        }
    }

    private Trials() {}

    static LoneServer server() {
        return Holder.SERVER;
    }

    static Report run(Trial.Plan plan, String name) throws InterruptedException {
        Report report = Trial.run(plan, server(), FOLDER.resolve(name));
        System.out.println(report.text());
        return report;
    }
}
