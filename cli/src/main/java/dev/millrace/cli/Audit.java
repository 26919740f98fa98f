package dev.millrace.cli;

import dev.millrace.cli.Api.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** {@code ./millrace audit} against a server: verifies one company's chain, or exports its head. */
final class Audit {
    private final AuditOptions options;
    private final Terminal terminal;

    Audit(AuditOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    /** @return the status that the process ends with */
    int run() {
        var api = new Api(options.server());
        return switch (options.task()) {
            case VERIFY -> verify(api);
            case HEADS -> heads(api);
        };
    }

    private int verify(Api api) {
        Answer answer = options.file()
                .map(file -> api.postJson("/audit-logs/verify", read(file)))
                .orElseGet(() -> api.get("/audit-logs/verify"));
        if (answer.status() == 422) {
            terminal.out().println(answer.body().path("detail").asString("the file was refused"));
            return Status.NOT_SO;
        }
        if (answer.status() != 200) {
            throw api.refused(answer);
        }
        if (options.json()) {
            terminal.out().println(answer.body());
        } else {
            terminal.out().println(line(answer.body()));
        }
        return answer.body().path("ok").asBoolean(false) ? Status.DONE : Status.NOT_SO;
    }

    private String line(JsonNode found) {
        JsonNode broken = found.path("first_broken");
        if (broken.isObject()) {
            return "BROKEN at " + broken.path("seq").asLong() + ": "
                    + broken.path("reason").asString("");
        }
        return "The chain holds: " + found.path("sealed").asLong() + " entries sealed, "
                + found.path("unsealed").asLong() + " on their way"
                + options.file()
                        .map(file -> ", through the head kept in " + file)
                        .orElse("") + ".";
    }

    private int heads(Api api) {
        Answer answer = api.get("/audit-logs/heads");
        if (answer.status() != 200) {
            throw api.refused(answer);
        }
        Optional<String> file = options.file();
        if (file.isEmpty()) {
            terminal.out().println(answer.body());
            return Status.DONE;
        }
        try {
            Files.writeString(Path.of(file.get()), answer.body() + "\n");
        } catch (IOException e) {
            throw new OutOfReach(file.get() + " cannot be written.");
        }
        terminal.out()
                .println("Wrote the head to " + file.get() + ": keep it where nobody who owns the database can write.");
        return Status.DONE;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new OutOfReach(file + " cannot be read.");
        }
    }
}
