package dev.millrace.server.doctor;

import dev.millrace.server.doctor.Report.Clocks;
import dev.millrace.server.doctor.Report.Postgres;
import dev.millrace.server.doctor.Report.Setting;
import dev.millrace.server.doctor.Report.Tool;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The report for people: one fact a line, aligned; what is wrong comes last, with what to do. */
final class ReportText {
    private static final int NAME_WIDTH = 14;
    private static final int SETTING_WIDTH = 30;
    private static final int VALUE_WIDTH = 40;

    private final StringBuilder out = new StringBuilder();

    private ReportText() {}

    static String of(Report report) {
        var text = new ReportText();
        text.line("Java", report.java().version() + "  " + report.java().home());
        report.tools().forEach(text::tool);
        text.postgres(report.postgres());
        text.line(
                "Disk",
                (report.disk().freeBytes() >> 20) + " MB free at "
                        + report.disk().folder());
        text.clocks(report.clock());
        text.out.append("\nSettings in force (* from the environment, the others by default)\n");
        report.settings().forEach(text::setting);
        text.verdict(report);
        return text.out.toString();
    }

    private void tool(Tool tool) {
        String name = Character.toUpperCase(tool.name().charAt(0)) + tool.name().substring(1);
        line(
                name,
                tool.path()
                        .map(path -> tool.version().orElse("version unknown") + "  " + path)
                        .orElse("not found (" + tool.purpose() + ")"));
    }

    private void postgres(Postgres postgres) {
        String where = postgres.host() + postgres.port().map(port -> ":" + port).orElse("") + "/" + postgres.database();
        line("PostgreSQL", postgres.mode() + ", " + state(postgres) + ", " + where);
        line("  owner", postgres.owner());
        postgres.passwordFile().ifPresent(file -> line("  password", "in the file " + file));
        postgres.dataFolder().ifPresent(folder -> line("  data", folder.toString()));
        psql(postgres).ifPresent(command -> line("  look inside", command));
    }

    private static String state(Postgres postgres) {
        return postgres.running()
                .map(running -> running
                        ? "running"
                        : postgres.port().isPresent() ? "not running now" : "not started yet (serve makes it)")
                .orElse("not looked at");
    }

    /** What to type to see the tables while the server runs. */
    private static Optional<String> psql(Postgres postgres) {
        if (!postgres.running().orElse(false)) {
            return Optional.empty();
        }
        return postgres.passwordFile()
                .map(file -> "PGPASSWORD=$(cat '" + file + "') psql -h " + postgres.host() + " -p "
                        + postgres.port().orElseThrow() + " -U " + postgres.owner() + " " + postgres.database());
    }

    private void clocks(Clocks clocks) {
        String system = clocks.system().truncatedTo(ChronoUnit.SECONDS).toString();
        line(
                "Clock",
                clocks.difference()
                        .map(apart -> system + ", the database's differs by " + apart.toMillis() + " ms")
                        .orElse(system));
        clocks.demoAhead()
                .filter(ahead -> ahead.compareTo(Duration.ZERO) > 0)
                .ifPresent(ahead -> line("  demo", "deadlines run " + ahead.toMinutes() + " min ahead"));
    }

    private void setting(Setting setting) {
        boolean given = setting.origin().equals("environment");
        out.append(given ? "* " : "  ")
                .append(padded(setting.name(), SETTING_WIDTH))
                .append(padded(setting.value(), VALUE_WIDTH).stripTrailing())
                .append('\n');
    }

    private void verdict(Report report) {
        out.append('\n');
        for (Report.Fault fault : report.faults()) {
            out.append(fault.stopsServer() ? "✗ " : "! ")
                    .append(fault.what())
                    .append("\n  → ")
                    .append(fault.mend())
                    .append('\n');
        }
        out.append(
                report.canServe()
                        ? "The server can run: ./millrace serve"
                        : "The server cannot run until what is marked with ✗ is mended.");
    }

    private void line(String name, String value) {
        out.append(padded(name, NAME_WIDTH)).append(value).append('\n');
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
