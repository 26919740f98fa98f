package dev.millrace.server.doctor;

import dev.millrace.engine.Json;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The report for programs; every field is there, null where there is nothing to say. */
final class ReportJson {
    private ReportJson() {}

    static ObjectNode of(Report report) {
        ObjectNode json = Json.object().put("ok", report.canServe());
        json.putObject("java")
                .put("version", report.java().version())
                .put("home", report.java().home().toString());
        for (Report.Tool tool : report.tools()) {
            json.putObject(tool.name())
                    .put("found", tool.path().isPresent())
                    .put("version", tool.version().orElse(null))
                    .put("path", text(tool.path()));
        }
        json.set("postgres", postgres(report.postgres()));
        json.putObject("disk")
                .put("folder", report.disk().folder().toString())
                .put("free_bytes", report.disk().freeBytes());
        json.set("clock", clock(report.clock()));
        var settings = json.putArray("settings");
        report.settings()
                .forEach(setting -> settings.addObject()
                        .put("name", setting.name())
                        .put("value", setting.value())
                        .put("origin", setting.origin()));
        var faults = json.putArray("faults");
        report.faults()
                .forEach(fault -> faults.addObject()
                        .put("message", fault.what())
                        .put("mend", fault.mend())
                        .put("stops_server", fault.stopsServer()));
        return json;
    }

    private static ObjectNode postgres(Report.Postgres postgres) {
        return Json.object()
                .put("mode", postgres.mode())
                .put("host", postgres.host())
                .put("port", postgres.port().orElse(null))
                .put("database", postgres.database())
                .put("owner", postgres.owner())
                .put("password_file", text(postgres.passwordFile()))
                .put("data_folder", text(postgres.dataFolder()))
                .put("running", postgres.running().orElse(null));
    }

    private static ObjectNode clock(Report.Clocks clock) {
        return Json.object()
                .put("system", Json.text(clock.system()))
                .put("database", clock.database().map(Json::text).orElse(null))
                .put(
                        "difference_ms",
                        clock.difference().map(apart -> apart.toMillis()).orElse(null))
                .put(
                        "demo_ahead_seconds",
                        clock.demoAhead().map(ahead -> ahead.toSeconds()).orElse(null));
    }

    private static @Nullable String text(Optional<Path> path) {
        return path.map(Path::toString).orElse(null);
    }
}
