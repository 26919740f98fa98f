package dev.millrace.cli;

import dev.millrace.cli.Api.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** {@code ./millrace import}: sends a file to a server, waits until it is done, and says what became of it. */
final class ImportFile {
    private static final int REFUSED = 422;
    private static final int TAKEN = 202;
    private static final int OK = 200;

    private final ImportOptions options;
    private final Terminal terminal;
    private final Runnable pause;

    /** @param pause before the server is asked again */
    ImportFile(ImportOptions options, Terminal terminal, Runnable pause) {
        this.options = options;
        this.terminal = terminal;
        this.pause = pause;
    }

    /** @return the status that the process ends with */
    int run() {
        var api = new Api(options.server());
        Answer started = api.postCsv(path(), Source.raw(options.file(), terminal));
        if (started.status() == REFUSED) {
            return refused(started.body());
        }
        if (started.status() != TAKEN) {
            throw api.refused(started);
        }
        JsonNode over = awaitOver(api, started.body());
        if (options.json()) {
            terminal.out().println(over);
        } else {
            tell(over);
        }
        boolean sound = over.path("status").asString("").equals("completed")
                && over.path("errors").asInt(0) == 0;
        return sound ? Status.DONE : Status.NOT_SO;
    }

    private String path() {
        return "/imports/" + options.kind() + "?mode=" + (options.skip() ? "skip" : "all_or_nothing") + "&dry_run="
                + options.dryRun() + "&file_name=" + URLEncoder.encode(name(), StandardCharsets.UTF_8);
    }

    private String name() {
        return options.file().equals(Source.STANDARD_INPUT)
                ? options.kind() + ".csv"
                : Optional.ofNullable(Path.of(options.file()).getFileName())
                        .map(Path::toString)
                        .orElse(options.file());
    }

    private int refused(JsonNode problem) {
        if (options.json()) {
            terminal.out().println(problem);
        } else {
            terminal.out().println(options.file() + " was refused:");
            problem.path("errors")
                    .forEach(error -> terminal.out()
                            .println("  "
                                    + Excerpt.printable(error.path("message").asString(""))));
        }
        return Status.NOT_SO;
    }

    private JsonNode awaitOver(Api api, JsonNode started) {
        JsonNode job = started;
        int told = 0;
        while (job.path("finished_at").asString("").isEmpty()) {
            int done = job.path("rows_done").asInt(0);
            if (done > told) {
                told = done;
                int all = job.path("rows_total").asInt(0);
                terminal.err().println(done + " of " + all + (all == 1 ? " row" : " rows"));
            }
            pause.run();
            Answer answer = api.get("/imports/" + started.path("id").asString(""));
            if (answer.status() != OK) {
                throw api.refused(answer);
            }
            job = answer.body();
        }
        return job;
    }

    private static String faulty(int rows) {
        return rows + (rows == 1 ? " row has errors" : " rows have errors");
    }

    private void tell(JsonNode job) {
        boolean failed = job.path("status").asString("").equals("failed");
        terminal.out()
                .println((options.dryRun() ? "Nothing is written; it would be: " : "")
                        + (failed
                                ? "Nothing was written: "
                                        + faulty(job.path("skipped").asInt(0)) + "."
                                : counts(job)));
        JsonNode faults = job.path("row_errors");
        faults.forEach(fault -> terminal.out().println("  " + line(fault)));
        int more = job.path("errors").asInt(0) - faults.size();
        if (more > 0) {
            terminal.out().println("  and " + more + " more.");
        }
        job.path("ignored_columns")
                .forEach(column -> terminal.out()
                        .println("The column '" + Excerpt.printable(column.asString("")) + "' means nothing here."));
    }

    private static String counts(JsonNode job) {
        return job.path("created").asInt(0) + " created, " + job.path("updated").asInt(0) + " changed, "
                + job.path("unchanged").asInt(0) + " as before, "
                + job.path("skipped").asInt(0) + " left out.";
    }

    private static String line(JsonNode fault) {
        String column = fault.path("column").asString("");
        return Excerpt.printable("row " + fault.path("row").asInt(0) + (column.isEmpty() ? "" : ", " + column) + ": "
                + fault.path("message").asString(""));
    }
}
