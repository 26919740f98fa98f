package dev.millrace.server;

import dev.millrace.server.wiring.Database;
import dev.millrace.server.wiring.Node;
import dev.millrace.server.wiring.Pools;
import dev.millrace.server.wiring.Ports;
import dev.millrace.server.wiring.Seeding;
import dev.millrace.server.wiring.Web;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server: database, engine, ERP and web. Started once, closed once, by any thread, also while it starts. What was
 * opened last is closed first: the web takes nothing more, then the engine hands back what runs, then the pools and an
 * embedded database go.
 */
public final class Server implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private final Settings settings;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;
    private volatile int port;

    public Server(Settings settings) {
        this.settings = settings;
    }

    /**
     * Returns when it answers.
     *
     * @throws StartRefused a person must mend something first
     */
    public void start() {
        var watch = new Watch();
        Ports.requireFree(settings);
        Database database = opened(Database.open(settings));
        watch.lap("database");
        database.migrate();
        watch.lap("migrations");
        Pools pools = opened(Pools.open(database));
        Node node = opened(Node.assemble(settings, pools));
        watch.lap("engine");
        if (settings.demo()) {
            Seeding.ofDemo(node);
        }
        watch.lap("seeding");
        Web web = opened(Web.open(settings, node, pools));
        node.start();
        port = web.port();
        watch.lap("web");
        log.info("started; in milliseconds: {}", watch);
    }

    /** Where it listens; 0 before it does. */
    public int port() {
        return port;
    }

    /** Where this machine reaches it. */
    public String url() {
        return "http://localhost:" + port;
    }

    private <T extends AutoCloseable> T opened(T thing) {
        synchronized (open) {
            if (!closed) {
                open.push(thing);
                return thing;
            }
        }
        quietly(thing);
        throw new StartRefused("The server was stopped while it started.");
    }

    /** May be called again. */
    @Override
    public void close() {
        while (true) {
            AutoCloseable last;
            synchronized (open) {
                closed = true;
                if (open.isEmpty()) {
                    return;
                }
                last = open.pop();
            }
            quietly(last);
        }
    }

    private static void quietly(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception e) {
            log.warn("could not be stopped in order: {}", thing.getClass().getSimpleName(), e);
        }
    }
}
