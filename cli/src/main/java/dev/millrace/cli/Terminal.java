package dev.millrace.cli;

import java.io.InputStream;
import java.io.PrintStream;

/** Where a command reads and writes: answers to {@code out}, what went wrong with asking to {@code err}. */
record Terminal(InputStream in, PrintStream out, PrintStream err) {

    void flush() {
        out.flush();
        err.flush();
    }
}
