package dev.millrace.server.wiring;

import dev.millrace.server.Settings;
import dev.millrace.server.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks at ports before anything is started: who finds his port taken should not wait for a database first. */
public final class Ports {
    private Ports() {}

    /**
     * @throws StartRefused somebody listens there, or nobody may
     */
    public static void requireFree(Settings settings) {
        requireFree(settings.bind(), settings.port(), "MILLRACE_PORT");
        settings.managementPort().ifPresent(port -> requireFree(settings.bind(), port, "MILLRACE_MANAGEMENT_PORT"));
    }

    static void requireFree(String bind, int port, String variable) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
        } catch (IOException e) {
            throw taken(bind, port, variable, String.valueOf(e.getMessage()));
        }
    }

    static StartRefused taken(String bind, int port, String variable, String reason) {
        return new StartRefused("Cannot listen on port " + port + " of " + bind + " (" + reason
                + "). Stop what uses the port, or set " + variable + " to another one.");
    }
}
