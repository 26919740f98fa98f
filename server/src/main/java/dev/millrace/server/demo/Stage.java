package dev.millrace.server.demo;

import dev.millrace.engine.Json;
import dev.millrace.postgres.EmbeddedPostgres;
import dev.millrace.postgres.Options;
import dev.millrace.server.demo.DemoCheckRows.Live;
import dev.millrace.server.demo.ServerProcess.Launch;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** The running server with all that the demo needs around it. The server and its database end with it. */
final class Stage implements AutoCloseable {
    private static final Duration CONNECT_MOST = Duration.ofSeconds(5);

    private final Launch launch;
    private final HttpClient http;
    private final Trade trade;
    private volatile ServerProcess server;
    private volatile boolean killed;
    private Duration ahead = Duration.ZERO;
    private boolean closed;

    Stage(Launch launch, Screen screen) {
        this.launch = launch;
        long begun = System.nanoTime();
        this.trade = new Trade(this::as, this::today);
        this.server = ServerProcess.start(launch, DemoDatabase.NAME);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_MOST)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        try {
            server.awaitReady();
        } catch (DemoFailed e) {
            close();
            throw e;
        }
        screen.note("The server is up at " + address() + " after " + seconds(begun) + ", process " + server.pid()
                + ", log " + launch.log());
    }

    URI address() {
        return URI.create("http://localhost:" + launch.port());
    }

    ServerProcess server() {
        return server;
    }

    Caller as(Person person) {
        return new Caller(http, address(), person, this::requireServer);
    }

    /** What people do beside orders and approvals. */
    Trade trade() {
        return trade;
    }

    /** Reads the tables of the engine. The port of the database may change with the server's restart, so this is asked for anew. */
    DemoCheckRows rows() {
        return new DemoCheckRows(tables(), Person.MEERA.tenant());
    }

    /** As {@link #rows}: the tables of the ERP. */
    BookRows books() {
        return new BookRows(tables(), Person.MEERA.tenant());
    }

    private Jdbi tables() {
        var address = DemoDatabase.address(launch.home());
        return Jdbi.create(address.jdbcUrl(), address.user(), address.password());
    }

    /**
     * Kills the server with SIGKILL and starts it again on the same folder; returns when it answers.
     *
     * @param dead is told what it left unfinished, read while it is dead
     */
    synchronized void killAndStartAgain(Consumer<Live> dead) {
        killed = true;
        server.kill();
        dead.accept(rows().live());
        server = ServerProcess.start(launch, DemoDatabase.NAME).awaitReady();
        killed = false;
    }

    /** Throws if the server is gone and nobody is going to start it again. */
    private void requireServer() {
        if (!killed) {
            server.requireAlive();
        }
    }

    /** As the server has it. */
    private synchronized LocalDate today() {
        return LocalDate.ofInstant(Instant.now().plus(ahead), ZoneId.of("Asia/Kolkata"));
    }

    /** Moves the clock that deadlines follow. */
    synchronized void advanceClock(Caller admin, Duration by) {
        ahead = ahead.plus(by);
        admin.expect(
                "move the clock",
                admin.post("/admin/clock/advance", Json.object().put("seconds", by.toSeconds())));
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            server.close();
            if (!server.endedInOrder()) {
                EmbeddedPostgres.stopOrphan(launch.home(), Options.standard());
            }
            http.close();
        }
    }

    static String seconds(long begun) {
        long tenths = (System.nanoTime() - begun) / 100_000_000;
        return tenths / 10 + "." + tenths % 10 + " s";
    }
}
