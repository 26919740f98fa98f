package dev.millrace.erp.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens where nobody may come: counts who comes all the same. */
final class Canary implements AutoCloseable {
    private final ServerSocket four;
    private final ServerSocket six;
    private final AtomicInteger hits = new AtomicInteger();

    Canary() {
        try {
            this.four = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
            this.six = new ServerSocket();
            six.bind(new InetSocketAddress(InetAddress.ofLiteral("::1"), four.getLocalPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> count(four));
        Thread.ofVirtual().start(() -> count(six));
    }

    int port() {
        return four.getLocalPort();
    }

    /** Everybody who came so far is counted: the last to come is this method itself. */
    int hits() {
        knock(four);
        knock(six);
        return hits.get() - 2;
    }

    private void knock(ServerSocket server) {
        int before = hits.get();
        try {
            new Socket(server.getInetAddress(), server.getLocalPort()).close();
            while (hits.get() == before) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void count(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                server.accept().close();
                hits.incrementAndGet();
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    @Override
    public void close() {
        try {
            four.close();
            six.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
