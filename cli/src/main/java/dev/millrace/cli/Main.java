package dev.millrace.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** {@code ./millrace validate FILE…}: the process around {@link CommandLine}. */
public final class Main {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private Main() {}

    public static void main(String[] arguments) {
        // Libraries log through SLF4J; that nobody listens is as it should be, and no news for who asked.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        var terminal = new Terminal(System.in, utf8(FileDescriptor.out), utf8(FileDescriptor.err));
        int status = new CommandLine(System.getenv(), terminal, Main::pause).run(List.of(arguments));
        terminal.flush();
        System.exit(status);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever the locale: names and amounts are not only ASCII. */
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
