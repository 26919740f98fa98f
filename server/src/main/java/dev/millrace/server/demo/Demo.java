package dev.millrace.server.demo;

import dev.millrace.erp.demo.DemoCompanies;
import dev.millrace.erp.demo.DemoOrders;
import dev.millrace.erp.demo.DemoOrders.DemoOrder;
import dev.millrace.postgres.PostgresUnavailable;
import dev.millrace.server.StartRefused;
import dev.millrace.server.demo.ServerProcess.Launch;
import dev.millrace.server.wiring.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ./millrace demo}: starts a real server on a database of its own, plays a day of two companies on it, and says
 * whether everything ended as it should. A black box: it uses the server's HTTP API as users do, and reads the tables
 * at the end only to check.
 */
public final class Demo {
    static final int DONE = 0;
    static final int NOT_SO = 1;
    static final int WRONG_USAGE = 2;
    static final int CANNOT_START = 3;

    private static final String KEEP = "--keep";
    private static final String USAGE = """
            Usage: ./millrace demo [--keep]
              --keep   leave the server up afterwards, until Ctrl-C, and print how to sign in""";

    private Demo() {}

    /**
     * Runs it whole: a minute and a half, the first time some seconds more. Leaves nothing running.
     *
     * @param args nothing, or {@code --keep}
     * @return 0 if every check of the books and of the executions holds; 1 if not; 2 for wrong arguments; 3 if the
     *     server cannot be started
     */
    @SuppressWarnings("IncorrectMainMethod") // Main calls it and exits with what it gives
    public static int main(String[] args) {
        List<String> given = List.of(args);
        if (given.contains("--help") || !List.of(KEEP).containsAll(given)) {
            System.err.println(USAGE);
            return given.contains("--help") ? DONE : WRONG_USAGE;
        }
        Map<String, String> environment = System.getenv();
        Screen screen = Screen.standard(environment.containsKey("NO_COLOR"));
        try {
            Launch launch = launch(environment);
            Logs.begin(launch.home().resolve("client"));
            return run(launch, screen, given.contains(KEEP));
        } catch (StartRefused | PostgresUnavailable e) {
            screen.verdict(false, String.valueOf(e.getMessage()));
            return CANNOT_START;
        } catch (DemoFailed e) {
            screen.verdict(false, e.message());
            return e.exitCode();
        }
    }

    private static int run(Launch launch, Screen screen, boolean keep) {
        long begun = System.nanoTime();
        List<DemoOrder> orders = DemoOrders.all();
        screen.say("Millrace demo: two companies; " + orders.size()
                + " purchase orders of a real company with their goods," + " invoices and payments");
        screen.say("(BPI Challenge 2019, CC BY 4.0; items, prices and tax are made up) through " + Gallery.PLAYED.size()
                + " workflows.");
        DemoDatabase.renew(launch, screen);
        try (var stage = new Stage(launch, screen)) {
            // Ctrl-C ends the demo without unwinding.
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stage::close));
            boolean good = new Play(stage, screen, orders, begun).run();
            if (keep) {
                signIns(launch, screen);
                stage.server().join();
            }
            return good ? DONE : NOT_SO;
        }
    }

    private static void signIns(Launch launch, Screen screen) {
        screen.heading("The server stays up: http://localhost:" + launch.port() + " (Ctrl-C stops it)");
        for (Person person : Person.values()) {
            screen.row(person.email(), person.fullName() + ", " + person.role());
        }
        screen.row("password of everybody", DemoCompanies.PASSWORD);
    }

    private static Launch launch(Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("MILLRACE_HOME", ".millrace"))
                .resolve("demo")
                .toAbsolutePath();
        return new Launch(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                home,
                Optional.ofNullable(environment.get("MILLRACE_PORT"))
                        .map(Demo::port)
                        .orElseGet(Demo::freePort),
                home.resolve("server.log"));
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new DemoFailed("MILLRACE_PORT should be a port, 1 to 65535, but is '" + text + "'", e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
