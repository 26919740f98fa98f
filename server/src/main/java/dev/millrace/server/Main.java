package dev.millrace.server;

import dev.millrace.server.Settings.Read;
import dev.millrace.server.demo.Demo;
import dev.millrace.server.doctor.Doctor;
import dev.millrace.server.wiring.Logs;
import dev.millrace.server.wiring.Migration;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the commands of the server begin; the launcher finds Java and calls this. */
public final class Main {
    private static final int DONE = 0;
    private static final int WRONG_USAGE = 2;
    private static final int CANNOT_START = 3;

    private static final String USAGE = """
            Usage: millrace COMMAND
              serve    start the server; Ctrl-C or SIGTERM stops it
              migrate  bring the tables of the database up to date
              demo     show it at work on a database of its own
              audit    verify the chains of the journal, or export their heads
              doctor   say what is installed, what is missing and how to mend it
              version  say which version this is
            Settings are environment variables: MILLRACE_PORT, MILLRACE_HOME, MILLRACE_DATABASE_URL and others.""";

    private Main() {}

    public static void main(String[] args) {
        String command = args.length == 0 ? "" : args[0];
        String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        switch (command) {
            case "serve" -> withSettings(rest, Main::serve);
            case "migrate" -> withSettings(rest, Main::migrate);
            case "demo" -> System.exit(Demo.main(rest));
            case "audit" -> withSettings(new String[0], settings -> audit(settings, rest));
            case "doctor" -> System.exit(Doctor.main(rest));
            case "version" -> System.out.println("Millrace " + Version.CURRENT);
            default -> {
                System.err.println(USAGE);
                System.exit(WRONG_USAGE);
            }
        }
    }

    private interface Command {
        void run(Settings settings);
    }

    private static void withSettings(String[] rest, Command command) {
        if (rest.length > 0) {
            System.err.println("Expected no arguments but got '" + String.join(" ", rest) + "'.\n" + USAGE);
            System.exit(WRONG_USAGE);
        }
        switch (Settings.read(System.getenv())) {
            case Read.Wrong wrong -> {
                wrong.messages().forEach(System.err::println);
                System.exit(WRONG_USAGE);
            }
            case Read.Good good -> {
                good.warnings().forEach(System.err::println);
                command.run(good.settings());
            }
        }
    }

    /** Ends with the process: by SIGTERM or Ctrl-C with 0, else because the server could not start. */
    private static void serve(Settings settings) {
        Logs.begin(settings.home());
        var server = new Server(settings);
        var exit = new AtomicInteger(DONE);
        // Java ends a process that got SIGTERM with 143; what stops as it should says so with 0.
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("millrace-stop").unstarted(() -> {
                    server.close();
                    Runtime.getRuntime().halt(exit.get());
                }));
        try {
            server.start();
            System.out.println("Millrace is ready at " + server.url());
        } catch (StartRefused e) {
            System.err.println(e.getMessage());
            exit.set(CANNOT_START);
            System.exit(CANNOT_START);
        }
    }

    private static void audit(Settings settings, String[] rest) {
        Logs.begin(settings.home());
        System.exit(new AuditCommand(settings, Clock.systemUTC(), System.out, System.err).run(List.of(rest)));
    }

    private static void migrate(Settings settings) {
        Logs.begin(settings.home());
        try {
            int applied = Migration.run(settings);
            System.out.println(
                    applied == 0
                            ? "The tables are up to date: nothing to migrate."
                            : "Migrated: " + applied + (applied == 1 ? " step" : " steps") + " applied.");
        } catch (StartRefused e) {
            System.err.println(e.getMessage());
            System.exit(CANNOT_START);
        }
    }
}
