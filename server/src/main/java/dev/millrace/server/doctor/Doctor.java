package dev.millrace.server.doctor;

import dev.millrace.engine.Json;
import dev.millrace.server.Settings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code ./millrace doctor [--json]}: says what is there, what is missing and how to mend it. Looks and changes nothing,
 * also while the server runs.
 */
public final class Doctor {
    private static final int CAN_SERVE = 0;
    private static final int CANNOT_SERVE = 1;
    private static final int WRONG_USAGE = 2;

    private static final String JSON = "--json";
    private static final String USAGE = """
            Usage: ./millrace doctor [--json]
              --json   for programs: one JSON document""";

    private Doctor() {}

    /** @return 0 if the server could run, 1 if not, 2 for wrong arguments */
    @SuppressWarnings("IncorrectMainMethod") // Main calls it and exits with what it gives
    public static int main(String[] args) {
        List<String> given = List.of(args);
        if (given.contains("--help") || !List.of(JSON).containsAll(given)) {
            System.err.println(USAGE);
            return given.contains("--help") ? CAN_SERVE : WRONG_USAGE;
        }
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        return run(System.getenv(), given.contains(JSON), out);
    }

    static int run(Map<String, String> environment, boolean json, PrintStream out) {
        return switch (Settings.read(environment)) {
            case Settings.Read.Wrong wrong -> {
                wrong(wrong.messages(), json, out);
                yield CANNOT_SERVE;
            }
            case Settings.Read.Good good -> {
                Report report = new Checkup(good.settings(), environment, InstantSource.system()).run(good.warnings());
                out.println(json ? Json.write(ReportJson.of(report)) : ReportText.of(report));
                yield report.canServe() ? CAN_SERVE : CANNOT_SERVE;
            }
        };
    }

    /** Without settings there is no telling which database to look at. */
    private static void wrong(List<String> messages, boolean json, PrintStream out) {
        if (json) {
            ObjectNode answer = Json.object().put("ok", false);
            var faults = answer.putArray("faults");
            messages.forEach(message -> faults.addObject()
                    .put("message", message)
                    .put("mend", "Correct the variable, then run this again.")
                    .put("stops_server", true));
            out.println(Json.write(answer));
        } else {
            messages.forEach(message -> out.println("✗ " + message));
            out.println("Correct the settings, then run this again.");
        }
    }
}
