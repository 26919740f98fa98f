package dev.millrace.trials.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The world outside: records who called, for which step and with which idempotency key. */
final class Receiver implements AutoCloseable {
    record Heard(String execution, String step, String key) {}

    private final ServerSocket door;
    private final ConcurrentLinkedQueue<Heard> heard = new ConcurrentLinkedQueue<>();

    Receiver() {
        try {
            this.door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("receiver").start(this::listen);
    }

    int port() {
        return door.getLocalPort();
    }

    private void listen() {
        try {
            while (!door.isClosed()) {
                Socket caller = door.accept();
                Thread.ofVirtual().start(() -> answer(caller));
            }
        } catch (IOException e) {
            // The door is closed: the trial is over.
        }
    }

    private void answer(Socket caller) {
        try (caller;
                var in = new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8))) {
            String line = in.readLine();
            if (line != null) {
                String[] words = line.split(" ", 3);
                heard.add(new Heard(words[0], words[1], words[2]));
                caller.getOutputStream().write('\n');
            }
        } catch (IOException e) {
            // A caller who died in the middle of his sentence has not called.
            return;
        }
    }

    Set<Heard> heard() {
        return new HashSet<>(heard);
    }

    /** How many calls came, repeated ones too. */
    int calls() {
        return heard.size();
    }

    /** Steps for which another key came than the first time. */
    List<String> withSeveralKeys() {
        Map<String, Set<String>> keys = new HashMap<>();
        heard.forEach(h -> keys.computeIfAbsent(h.execution() + " " + h.step(), k -> new HashSet<>())
                .add(h.key()));
        var several = new ArrayList<String>();
        keys.forEach((step, all) -> {
            if (all.size() > 1) {
                several.add(step + " with " + all);
            }
        });
        return several;
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a node reaches it. */
    record Line(int port) {
        /** Returns when the sentence was heard. */
        void say(String sentence) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write((sentence + "\n").getBytes(StandardCharsets.UTF_8));
                if (socket.getInputStream().read() < 0) {
                    throw new IOException("nobody answered");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
