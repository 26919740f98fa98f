package dev.millrace.testkit;

import dev.millrace.testkit.FaultProxy.Direction;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/** One client's connection through the proxy: a virtual thread for each direction. */
final class ProxiedConnection {
    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;
    private static final byte COMMAND_COMPLETE = 'C';
    private static final byte READY_FOR_QUERY = 'Z';
    private static final byte[] COMMIT = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BEGIN = "BEGIN\0".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH_MAX = 64 << 20;

    private final FaultProxy proxy;
    private final Socket client;
    private final Socket server;
    private final AtomicBoolean clientIsGone = new AtomicBoolean();

    /** Used by the thread that passes answers on. */
    private boolean onlyBegun;

    ProxiedConnection(FaultProxy proxy, Socket client, Socket server) throws IOException {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void start() {
        Thread.ofVirtual().name("fault-proxy-to-server").start(this::fromClient);
        Thread.ofVirtual().name("fault-proxy-to-client").start(this::fromServer);
    }

    private void fromClient() {
        try {
            var in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            var out = new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
            greet(in, out);
            var chunk = new byte[8192];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                if (proxy.valve(Direction.TO_SERVER).passes()) {
                    out.write(chunk, 0, n);
                    out.flush();
                }
            }
            clientWent();
        } catch (IOException e) {
            clientWent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    /** Refuses encryption in the server's stead, so that every answer of the server is a message with a length. */
    private void greet(DataInputStream in, DataOutputStream out) throws IOException {
        int length = in.readInt();
        int code = in.readInt();
        while (code == SSL_REQUEST || code == GSS_REQUEST) {
            client.getOutputStream().write('N');
            length = in.readInt();
            code = in.readInt();
        }
        out.writeInt(length);
        out.writeInt(code);
        out.flush();
    }

    private void clientWent() {
        clientIsGone.set(true);
        if (server.isClosed() || !proxy.swallowsThisClose()) {
            close();
        }
    }

    private void fromServer() {
        try {
            var in = new DataInputStream(new BufferedInputStream(server.getInputStream()));
            var out = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
            while (passMessage(in, out)) {
                if (in.available() == 0) {
                    flush(out);
                }
            }
        } catch (EOFException e) {
            close();
        } catch (IOException e) {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    /** False once the connection was cut. */
    private boolean passMessage(DataInputStream in, DataOutputStream out) throws IOException, InterruptedException {
        byte type = in.readByte();
        int length = in.readInt();
        if (length < Integer.BYTES || length > LENGTH_MAX) {
            throw new IOException("expected a message of PostgreSQL's protocol, but its length is " + length);
        }
        var body = new byte[length - Integer.BYTES];
        in.readFully(body);
        if (type == COMMAND_COMPLETE) {
            onlyBegun = Arrays.equals(body, BEGIN);
        }
        // The driver sends its BEGIN ahead and does not wait for the answer.
        if (type == READY_FOR_QUERY && !onlyBegun) {
            proxy.countRoundTrip();
        }
        if (type == COMMAND_COMPLETE && Arrays.equals(body, COMMIT) && !clientIsGone.get() && proxy.losesThisCommit()) {
            reset();
            return false;
        }
        if (proxy.valve(Direction.TO_CLIENT).passes() && !clientIsGone.get()) {
            try {
                out.writeByte(type);
                out.writeInt(length);
                out.write(body);
            } catch (IOException e) {
                // Of the client's side: whoever reads from there decides what the server hears of it.
                clientIsGone.set(true);
            }
        }
        return true;
    }

    private void flush(DataOutputStream out) {
        try {
            if (!clientIsGone.get()) {
                out.flush();
            }
        } catch (IOException e) {
            clientIsGone.set(true);
        }
    }

    /** Without a farewell, as when a machine is gone. */
    void reset() {
        try {
            client.setSoLinger(true, 0);
            server.setSoLinger(true, 0);
        } catch (IOException e) {
            // One of them is closed already, which is what is wanted.
            clientIsGone.set(true);
        }
        close();
    }

    private void close() {
        closeQuietly(client);
        closeQuietly(server);
        proxy.forget(this);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is left to be told to anybody.
            return;
        }
    }
}
