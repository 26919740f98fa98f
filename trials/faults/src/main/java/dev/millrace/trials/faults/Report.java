package dev.millrace.trials.faults;

import dev.millrace.engine.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run found.
 *
 * @param counts what happened, by name, in the order in which it is told
 * @param findings every invariant with its violations, at most a few of each
 */
record Report(
        Profile profile,
        Optional<PlantedBug> bug,
        long seed,
        String commit,
        Profile.Size size,
        int injected,
        int effective,
        Duration took,
        Map<String, Long> counts,
        List<Finding> findings) {

    record Finding(String name, String sentence, List<String> violations) {}

    /** How it ended. */
    enum Verdict {
        PASSED,
        /** Too few faults hit anything: nothing is proven. */
        VOID,
        VIOLATED
    }

    Verdict verdict() {
        if (!violated().isEmpty()) {
            return Verdict.VIOLATED;
        }
        return effective < size.effective() || injected < size.faults() ? Verdict.VOID : Verdict.PASSED;
    }

    List<Finding> violated() {
        return findings.stream().filter(f -> !f.violations().isEmpty()).toList();
    }

    /** One line per invariant, and one that says it all. */
    String text() {
        var text = new StringBuilder();
        text.append("%s %s: %d of %d faults injected, %d effective (at least %d), %d s, seed %d, commit %s%n"
                .formatted(
                        profile.title(),
                        verdict(),
                        injected,
                        size.faults(),
                        effective,
                        size.effective(),
                        took.toSeconds(),
                        seed,
                        commit));
        bug.ifPresent(b -> text.append("  planted: ").append(b).append('\n'));
        text.append("  ")
                .append(counts.entrySet().stream()
                        .map(c -> c.getKey() + " " + c.getValue())
                        .collect(Collectors.joining(", ")))
                .append('\n');
        for (Finding finding : findings) {
            boolean holds = finding.violations().isEmpty();
            text.append("  %-5s %-20s %s%n".formatted(holds ? "ok" : "RED", finding.name(), finding.sentence()));
            finding.violations().forEach(v -> text.append("        ").append(v).append('\n'));
        }
        return text.toString();
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("profile", profile.title());
        json.put("verdict", verdict().name().toLowerCase(java.util.Locale.ROOT));
        json.put("planted", bug.map(Enum::name).orElse(null));
        json.put("seed", seed);
        json.put("commit", commit);
        json.put("executions", size.executions());
        json.put("faults_wanted", size.faults());
        json.put("faults_injected", injected);
        json.put("faults_effective", effective);
        json.put("effective_wanted", size.effective());
        json.put("seconds", took.toSeconds());
        ObjectNode numbers = json.putObject("counts");
        counts.forEach(numbers::put);
        var list = json.putArray("invariants");
        for (Finding finding : findings) {
            ObjectNode one = list.addObject();
            one.put("name", finding.name());
            one.put("holds", finding.violations().isEmpty());
            var violations = one.putArray("violations");
            finding.violations().forEach(violations::add);
        }
        return json;
    }

    /** Beside the logs of the run. */
    void write(Path folder) {
        try {
            Files.writeString(folder.resolve("report.json"), Json.write(json()) + "\n", StandardCharsets.UTF_8);
            Files.writeString(folder.resolve("report.txt"), text(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
