package dev.millrace.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code ./millrace validate FILE…}: the process around {@link CommandLine}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var terminal = new Terminal(System.in, utf8(FileDescriptor.out), utf8(FileDescriptor.err));
        int status = new CommandLine(System.getenv(), terminal).run(List.of(arguments));
        terminal.flush();
        System.exit(status);
    }

    /** Whatever the locale: names and amounts are not only ASCII. */
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
