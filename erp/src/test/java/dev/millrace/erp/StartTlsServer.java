package dev.millrace.erp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** A mail server that takes nothing before STARTTLS (RFC 3207) and a sign-in (RFC 4954), as providers want it. */
final class StartTlsServer implements AutoCloseable {
    private static final String CREDENTIALS = "\0erp\0right";

    private final ServerSocket server;
    private final TestCertificate certificate;
    private final boolean offersTls;
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final List<String> mails = Collections.synchronizedList(new ArrayList<>());

    StartTlsServer(TestCertificate certificate, boolean offersTls) {
        this.certificate = certificate;
        this.offersTls = offersTls;
        try {
            this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    /** What was said in the clear. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    /** What was taken, encrypted and from who signed in. */
    List<String> mails() {
        return List.copyOf(mails);
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                new Talk(socket, false).run();
            } catch (IOException e) {
                // The client went away, or the test is over.
            }
        }
    }

    private final class Talk {
        private final Socket socket;
        private final boolean encrypted;
        private final BufferedReader in;
        private final PrintWriter out;
        private boolean signedIn;

        Talk(Socket socket, boolean encrypted) throws IOException {
            this.socket = socket;
            this.encrypted = encrypted;
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            this.out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
        }

        void run() throws IOException {
            if (!encrypted) {
                say("220 mail.example ready");
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!encrypted) {
                    heard.add(line);
                }
                String verb = line.replaceAll(" .*", "").toUpperCase(Locale.ROOT);
                if (verb.equals("STARTTLS") && offersTls) {
                    say("220 go ahead");
                    new Talk(secured(), true).run();
                    return;
                }
                answer(verb, line);
                if (verb.equals("QUIT")) {
                    return;
                }
            }
        }

        private Socket secured() throws IOException {
            var secured = (SSLSocket)
                    certificate.server().getSocketFactory().createSocket(socket, null, socket.getPort(), true);
            secured.setUseClientMode(false);
            secured.startHandshake();
            return secured;
        }

        private void answer(String verb, String line) throws IOException {
            switch (verb) {
                case "EHLO" -> {
                    say("250-mail.example");
                    say(encrypted ? "250 AUTH PLAIN" : offersTls ? "250 STARTTLS" : "250 8BITMIME");
                }
                case "AUTH" -> {
                    signedIn = encrypted && decoded(line).endsWith(CREDENTIALS);
                    say(signedIn ? "235 welcome" : "535 5.7.8 credentials invalid");
                }
                case "MAIL", "RCPT" -> say(signedIn ? "250 ok" : "530 5.7.0 must issue a STARTTLS command first");
                case "DATA" -> {
                    say("354 go on");
                    mails.add(data().orElse(""));
                    say("250 taken");
                }
                case "QUIT" -> say("221 bye");
                default -> say("250 ok");
            }
        }

        /** RFC 4616: who signs in for whom, the name, the password. */
        private static String decoded(String line) {
            byte[] message = Base64.getDecoder().decode(line.replace("AUTH PLAIN ", ""));
            return new String(message, StandardCharsets.UTF_8);
        }

        private Optional<String> data() throws IOException {
            var text = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals(".")) {
                    return Optional.of(text.toString());
                }
                text.append(line).append('\n');
            }
            return Optional.empty();
        }

        private void say(String line) {
            out.print(line + "\r\n");
            out.flush();
        }
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
