package dev.millrace.erp.webhook;

import dev.millrace.erp.WebhookRoute;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One POST over one connection to an address that was checked: the host is not looked up again, and its name is what
 * the certificate is held against and what the server is told (SNI, Host). Follows nothing, asks no proxy, keeps nothing.
 */
final class PinnedPost {
    /** For one address; there may be several. */
    private static final Duration CONNECT_MOST = Duration.ofSeconds(5);

    /** So that a name with many dead addresses holds nobody for minutes. */
    private static final int ADDRESSES_MOST = 3;

    private final WebhookRoute route;
    private final Duration most;
    private final int answerMost;

    /**
     * @param most from the connection to the last byte
     * @param answerMost longest answer, in bytes
     */
    PinnedPost(WebhookRoute route, Duration most, int answerMost) {
        this.route = route;
        this.most = most;
        this.answerMost = answerMost;
    }

    /**
     * @param addresses all checked; the first that takes the connection is it
     * @throws SocketTimeoutException it took too long
     * @throws AnswerReader.Unreadable it answered what cannot be read
     * @throws IOException it could not be reached, or the connection ended early
     */
    Answer send(Target target, List<InetAddress> addresses, Map<String, String> headers, byte[] body)
            throws IOException {
        var done = new CountDownLatch(1);
        var late = new AtomicBoolean();
        try (Socket socket = connect(addresses, target.port())) {
            Thread.ofVirtual().name("millrace-webhook-limit").start(() -> closeWhenLate(socket, done, late));
            return exchange(target.secure() ? secure(socket, target) : socket, target, headers, body);
        } catch (IOException e) {
            throw late.get() ? new SocketTimeoutException("no answer within " + most.toMillis() + " ms") : e;
        } finally {
            done.countDown();
        }
    }

    /** Ends every wait of the other thread, also one for a peer that sends a byte now and then. */
    private void closeWhenLate(Socket socket, CountDownLatch done, AtomicBoolean late) {
        try {
            if (!done.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
                late.set(true);
                socket.close();
            }
        } catch (InterruptedException | IOException e) {
            // It is closed, or about to be.
        }
    }

    private static Socket connect(List<InetAddress> addresses, int port) throws IOException {
        IOException last = new IOException("it has no address");
        for (InetAddress address : addresses.subList(0, Math.min(ADDRESSES_MOST, addresses.size()))) {
            var socket = new Socket(Proxy.NO_PROXY);
            try {
                socket.connect(new InetSocketAddress(address, port), Math.toIntExact(CONNECT_MOST.toMillis()));
                socket.setTcpNoDelay(true);
                return socket;
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        throw last;
    }

    private Socket secure(Socket plain, Target target) throws IOException {
        var socket = (SSLSocket) route.tls().createSocket(plain, target.host(), target.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private Answer exchange(Socket socket, Target target, Map<String, String> headers, byte[] body) throws IOException {
        var head = new StringBuilder("POST " + target.request() + " HTTP/1.1\r\nHost: " + target.authority() + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\nConnection: close\r\n\r\n");
        OutputStream out = socket.getOutputStream();
        out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        return new AnswerReader(new BufferedInputStream(socket.getInputStream()), answerMost).read();
    }
}
