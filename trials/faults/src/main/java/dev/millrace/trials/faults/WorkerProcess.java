package dev.millrace.trials.faults;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One node in a process of its own. */
final class WorkerProcess {
    private static final int PATIENCE_SECONDS = 30;

    private final UUID node;
    private final Process process;
    private final Thread reader;
    private volatile boolean ready;
    private volatile boolean stopped;

    private WorkerProcess(UUID node, Process process, Path log, Consumer<String> heard) {
        this.node = node;
        this.process = process;
        this.reader = Thread.ofVirtual().start(() -> listen(log, heard));
    }

    /** @param heard told each line that the node says */
    static WorkerProcess start(NodeProgram program, WorkerOptions options, Path logs, Consumer<String> heard) {
        try {
            Process process = new ProcessBuilder(program.command(options))
                    .redirectErrorStream(true)
                    .start();
            return new WorkerProcess(options.node(), process, logs.resolve("node-" + options.node() + ".log"), heard);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen(Path log, Consumer<String> heard) {
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                BufferedWriter kept = Files.newBufferedWriter(log)) {
            String line;
            while ((line = out.readLine()) != null) {
                kept.write(line);
                kept.newLine();
                kept.flush();
                ready |= line.equals(WorkerMain.READY);
                heard.accept(line);
            }
        } catch (IOException e) {
            // It was killed in the middle of a line.
            return;
        }
    }

    UUID node() {
        return node;
    }

    /** Alive, through with its start and not stopped. */
    boolean works() {
        return ready && !stopped && process.isAlive();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As SIGKILL does: at once, without a word. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process " + process.pid() + " outlived kill -9");
        }
        reader.join();
    }

    /** It stands still, with everything that it holds. */
    void freeze() throws InterruptedException {
        stopped = true;
        signal("STOP");
    }

    void thaw() throws InterruptedException {
        signal("CONT");
        stopped = false;
    }

    private void signal(String name) throws InterruptedException {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("the process " + process.pid() + " could not be sent SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
