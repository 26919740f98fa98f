package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A {@link CrashNode} that is killed with SIGKILL when it has come to a point. */
final class KilledNode {
    private KilledNode() {}

    static void killAt(TestDatabase database, UUID tenant, String point) throws IOException, InterruptedException {
        Process node = CrashNode.process(database, tenant, point).start();
        try (var out = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
            var seen = new StringBuilder();
            String line;
            while ((line = out.readLine()) != null && !line.equals("at " + point)) {
                seen.append(line).append('\n');
            }
            assertThat(line)
                    .as("the node comes to %s; it said: %s", point, seen)
                    .isEqualTo("at " + point);
        } finally {
            node.destroyForcibly();
            assertThat(node.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
