package dev.millrace.engine;

import dev.millrace.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A node in a process of its own, which stops dead at a named point and waits there to be killed. */
public final class CrashNode {
    private CrashNode() {}

    /** Not started yet; its two outputs are one. */
    static ProcessBuilder process(TestDatabase database, UUID tenant, String point) {
        var address = database.appAddress();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashNode.class.getName(),
                        address.jdbcUrl(),
                        address.user(),
                        address.password(),
                        tenant.toString(),
                        point)
                .redirectErrorStream(true);
    }

    /** @param args JDBC address, user, password, tenant, point */
    public static void main(String[] args) {
        var directory = new TestDirectory();
        TestCompany.people(directory, UUID.fromString(args[3]));
        String point = args[4];
        Holds holds = passed -> {
            if (passed.equals(point)) {
                System.out.println("at " + point);
                while (true) {
                    LockSupport.park();
                }
            }
        };
        var pool = EngineFixture.pool(args[0], args[1], args[2]);
        Engine engine =
                EngineFixture.newEngine(pool, true, directory, new TrialActions.Calls(), holds, Duration.ofSeconds(2));
        engine.start();
        System.out.println("started");
        while (true) {
            LockSupport.park();
        }
    }
}
