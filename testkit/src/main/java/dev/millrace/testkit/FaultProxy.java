package dev.millrace.testkit;

import dev.millrace.postgres.PostgresAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Stands between clients and PostgreSQL on the loopback and breaks the network on demand, the worst way included: the
 * connection goes at the very moment in which the answer to COMMIT would have passed, so that the client cannot know
 * what happened. Passes everything on until told otherwise. Without TLS, since it reads the server's answers.
 */
public final class FaultProxy implements AutoCloseable {

    /** Of the bytes. */
    public enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    private final PostgresAddress server;
    private final ServerSocket listener;
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final Map<Direction, Valve> valves = new EnumMap<>(Direction.class);
    private final AtomicInteger lostCommits = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger roundTrips = new AtomicInteger();
    private final AtomicInteger closesSwallowed = new AtomicInteger();
    private volatile BooleanSupplier losesCommit = FaultProxy::never;
    private volatile boolean swallowing;

    private FaultProxy(PostgresAddress server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        for (Direction direction : Direction.values()) {
            valves.put(direction, new Valve());
        }
    }

    private static boolean never() {
        return false;
    }

    /** Listens on a free port; {@link #address()} leads through it to {@code server}. */
    public static FaultProxy before(PostgresAddress server) {
        try {
            var proxy = new FaultProxy(server);
            Thread.ofVirtual().name("fault-proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same database and user by way of this proxy. */
    public PostgresAddress address() {
        return new PostgresAddress(
                listener.getInetAddress().getHostAddress(),
                listener.getLocalPort(),
                server.database(),
                server.user(),
                server.passwordFile());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                serve(listener.accept());
            } catch (IOException e) {
                // The listener was closed, or the server takes no connections: the client sees its own closed.
            }
        }
    }

    private void serve(Socket client) throws IOException {
        Socket upstream;
        try {
            upstream = new Socket(server.host(), server.port());
        } catch (IOException e) {
            client.close();
            throw e;
        }
        var connection = new ProxiedConnection(this, client, upstream);
        open.add(connection);
        connection.start();
    }

    /** Everything in that direction comes later by {@code by}; {@link Duration#ZERO} ends it. */
    public void delay(Direction direction, Duration by) {
        valve(direction).delay(by);
    }

    /** Holds everything back in both directions until {@link #thaw()}. */
    public void freeze() {
        valves.values().forEach(Valve::stall);
    }

    public void thaw() {
        valves.values().forEach(Valve::resume);
    }

    /** Loses everything in that direction without a word, or ends that. */
    public void blackhole(Direction direction, boolean losing) {
        valve(direction).lose(losing);
    }

    /** Breaks every open connection on both sides at once. */
    public void cutAll() {
        open.forEach(ProxiedConnection::reset);
    }

    /**
     * Asked for each successful COMMIT, when its answer is about to pass; true: the answer is lost and the connection
     * with it. The database has committed.
     */
    public void loseCommits(BooleanSupplier each) {
        this.losesCommit = each;
    }

    /** How often somebody has waited for the server's answer so far: round trips, of all connections. */
    public int roundTrips() {
        return roundTrips.get();
    }

    /** How many transactions were committed by a COMMIT so far, lost answers included. */
    public int commits() {
        return commits.get();
    }

    void countRoundTrip() {
        roundTrips.incrementAndGet();
    }

    /** How many answers to a COMMIT were lost. */
    public int lostCommits() {
        return lostCommits.get();
    }

    /** From now on the server is not told that a client is gone: the connection is half open. */
    public void swallowCloses(boolean swallow) {
        this.swallowing = swallow;
    }

    /** How many connections the server was left with whose client is gone. */
    public int closesSwallowed() {
        return closesSwallowed.get();
    }

    Valve valve(Direction direction) {
        return Objects.requireNonNull(valves.get(direction));
    }

    boolean losesThisCommit() {
        commits.incrementAndGet();
        if (!losesCommit.getAsBoolean()) {
            return false;
        }
        lostCommits.incrementAndGet();
        return true;
    }

    boolean swallowsThisClose() {
        if (swallowing && !listener.isClosed()) {
            closesSwallowed.incrementAndGet();
            return true;
        }
        return false;
    }

    void forget(ProxiedConnection connection) {
        open.remove(connection);
    }

    /** Closes every connection. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thaw();
        cutAll();
    }
}
