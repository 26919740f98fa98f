package dev.millrace.testkit;

import dev.millrace.postgres.PostgresAddress;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Stands on loopback between a client and PostgreSQL and loses what a network may lose: the answer to a COMMIT, whole
 * connections, or everything on connections that look alive. Reads the server's messages, so that it cuts at exactly
 * the one meant. Without encryption only.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final byte[] COMMIT = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

    private final PostgresAddress behind;
    private final ServerSocket door;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile BooleanSupplier losesCommit = () -> false;
    private volatile CountDownLatch thawed = new CountDownLatch(0);

    private FaultProxy(PostgresAddress behind, ServerSocket door) {
        this.behind = behind;
        this.door = door;
    }

    /** Starts to pass everything on, on a port of its own. */
    public static FaultProxy before(PostgresAddress database) {
        try {
            var proxy = new FaultProxy(database, new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
            Thread.ofPlatform().name("fault-proxy").daemon().start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same database through this proxy. */
    public PostgresAddress address() {
        return new PostgresAddress(
                door.getInetAddress().getHostAddress(),
                door.getLocalPort(),
                behind.database(),
                behind.user(),
                behind.passwordFile());
    }

    /**
     * Asked for each successful COMMIT, when its answer is about to pass; true: the answer is lost and the connection
     * with it. The database has committed.
     */
    public void loseCommits(BooleanSupplier each) {
        losesCommit = each;
    }

    /** How many answers to a COMMIT were lost. */
    public int lostCommits() {
        return lost.get();
    }

    /** Cuts every connection that is open now. */
    public void cutAll() {
        links.forEach(Link::close);
    }

    /** From now on nothing passes, though every connection looks open: until {@link #thaw}. */
    public void freeze() {
        thawed = new CountDownLatch(1);
    }

    /** What was held back passes. */
    public void thaw() {
        thawed.countDown();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    private void connect(Socket client) {
        try {
            var link = new Link(client, new Socket(behind.host(), behind.port()));
            links.add(link);
            Thread.ofVirtual().start(link::passRequests);
            Thread.ofVirtual().start(link::passAnswers);
        } catch (IOException e) {
            closeQuietly(client);
        }
    }

    @Override
    public void close() {
        thaw();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutAll();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
    }

    /** One connection. */
    private final class Link {
        private final Socket client;
        private final Socket server;

        Link(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        /** Encryption is declined here, so that every message after it can be read. */
        void passRequests() {
            try {
                var in = new DataInputStream(client.getInputStream());
                OutputStream out = server.getOutputStream();
                byte[] first = message(in, 4);
                while (code(first) == SSL_REQUEST || code(first) == GSS_REQUEST) {
                    client.getOutputStream().write('N');
                    first = message(in, 4);
                }
                out.write(first);
                byte[] buffer = new byte[65536];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    holdWhileFrozen();
                    out.write(buffer, 0, read);
                }
            } catch (IOException e) {
                // One side is gone: so goes the other.
            } finally {
                close();
            }
        }

        void passAnswers() {
            try {
                var in = new DataInputStream(new BufferedInputStream(server.getInputStream(), 65536));
                var out = new BufferedOutputStream(client.getOutputStream(), 65536);
                while (true) {
                    byte[] message = message(in, 5);
                    holdWhileFrozen();
                    if (isCommitted(message) && losesCommit.getAsBoolean()) {
                        lost.incrementAndGet();
                        return;
                    }
                    out.write(message);
                    if (in.available() == 0) {
                        out.flush();
                    }
                }
            } catch (IOException e) {
                // One side is gone: so goes the other.
            } finally {
                close();
            }
        }

        private void holdWhileFrozen() throws IOException {
            try {
                if (!thawed.await(10, TimeUnit.MINUTES)) {
                    throw new IOException("frozen for ten minutes");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        void close() {
            links.remove(this);
            closeQuietly(client);
            closeQuietly(server);
        }
    }

    /** A whole message: its length, which counts itself, ends its first {@code head} bytes. */
    private static byte[] message(DataInputStream in, int head) throws IOException {
        byte[] start = new byte[head];
        in.readFully(start);
        int rest = intAt(start, head - 4) - 4;
        byte[] message = Arrays.copyOf(start, head + rest);
        in.readFully(message, head, rest);
        return message;
    }

    private static int code(byte[] startup) {
        return intAt(startup, 4);
    }

    private static boolean isCommitted(byte[] message) {
        return message[0] == 'C' && Arrays.equals(message, 5, message.length, COMMIT, 0, COMMIT.length);
    }

    private static int intAt(byte[] bytes, int at) {
        return (bytes[at] & 255) << 24 | (bytes[at + 1] & 255) << 16 | (bytes[at + 2] & 255) << 8 | bytes[at + 3] & 255;
    }
}
