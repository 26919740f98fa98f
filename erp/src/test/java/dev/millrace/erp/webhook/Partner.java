package dev.millrace.erp.webhook;

import dev.millrace.erp.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;

/**
 * A partner's server at hook.example, on an address of this machine of its own: answers byte for byte as a test says, and
 * takes down what it is asked.
 */
final class Partner implements AutoCloseable {
    static final String HOST = "hook.example";
    static final TestCertificate CERTIFICATE = TestCertificate.of(HOST);

    /** Stands for an address of the public Internet; nothing else here is taken for one. */
    static final String ADDRESS = "127.0.0.2";

    private final ServerSocket server;
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile Reply reply = out -> {};

    /** What it got. */
    record Asked(String line, Map<String, String> headers, String body, String serverName) {}

    /** Writes the answer. */
    interface Reply {
        void write(OutputStream out) throws IOException;
    }

    private Partner(ServerSocket server) {
        this.server = server;
        Thread.ofVirtual().start(this::serve);
    }

    /** On a free port. */
    static Partner start() {
        return at(0);
    }

    static Partner at(int port) {
        try {
            return new Partner(CERTIFICATE
                    .server()
                    .getServerSocketFactory()
                    .createServerSocket(port, 50, InetAddress.ofLiteral(ADDRESS)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    String url(String path) {
        return "https://" + HOST + ":" + port() + path;
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    void replies(Reply next) {
        reply = next;
    }

    /** An answer with its length. */
    void answers(int status, String type, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        replies(out -> {
            String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            out.write(("HTTP/1.1 " + status + " Whatever\r\nContent-Type: " + type + "\r\n" + more + "Content-Length: "
                            + bytes.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
        });
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            String line = line(in);
            var headers = new HashMap<String, String>();
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
            byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
            asked.add(new Asked(line, headers, new String(body, StandardCharsets.UTF_8), serverName(socket)));
            reply.write(socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // The other side has gone, which some tests want.
        }
    }

    private static String serverName(Socket socket) {
        return ((ExtendedSSLSession) ((SSLSocket) socket).getSession())
                .getRequestedServerNames().stream()
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .findFirst()
                        .orElse("(none)");
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("gone");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
