package dev.millrace.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The exclusive right to a home folder, held until closed; the operating system frees it when the process dies. */
final class HomeLock implements AutoCloseable {
    /**
     * Homes held by this process. Looked at before the lock file is opened: closing any channel of a file drops all the
     * process's locks on that file, so a second try would take the lock from the first.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private HomeLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    static HomeLock take(Home home) throws IOException {
        if (!HELD.add(home.folder())) {
            throw inUse(home, "this process, " + ProcessHandle.current().pid());
        }
        try {
            return lock(home);
        } catch (IOException | RuntimeException e) {
            HELD.remove(home.folder());
            throw e;
        }
    }

    private static HomeLock lock(Home home) throws IOException {
        var channel = FileChannel.open(
                home.lock(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(home, "process " + holder(channel));
            }
            channel.truncate(0);
            var pid = String.valueOf(ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
            return new HomeLock(home.folder(), channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        var pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
        return pid.isEmpty() ? "unknown" : pid;
    }

    private static HomeInUse inUse(Home home, String who) {
        return new HomeInUse("Another Millrace server (" + who + ") is using the folder " + home.folder()
                + ". One folder serves one server: stop that one first, or set MILLRACE_HOME to another folder.");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(folder);
    }
}
