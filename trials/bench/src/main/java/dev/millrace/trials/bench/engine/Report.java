package dev.millrace.trials.bench.engine;

import dev.millrace.engine.Json;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The figures as tables for people and as JSON for programs. */
record Report(Figures figures, BenchOptions options) {
    private static final Map<String, String> COLUMNS = columns();

    private static Map<String, String> columns() {
        var columns = new LinkedHashMap<String, String>();
        columns.put("executions_per_s", "executions/s");
        columns.put("steps_per_s", "steps/s");
        columns.put("write_tx_per_step", "write tx per step");
        columns.put("wal_bytes_per_step", "WAL B per step");
        columns.put("pg_us_per_step", "PostgreSQL µs per step");
        columns.put("jvm_us_per_step", "JVM µs per step");
        return columns;
    }

    void print(PrintStream out) {
        throughput(out);
        out.println();
        others(out);
        out.println();
        targets(out);
    }

    private void throughput(PrintStream out) {
        out.printf("| run (median of %d) | %s |%n", options.rounds(), String.join(" | ", COLUMNS.values()));
        out.println("| --- |" + " --- |".repeat(COLUMNS.size()));
        for (String name : figures.names()) {
            if (figures.median(name, "steps_per_s").isPresent()) {
                out.println("| " + name + " | "
                        + COLUMNS.keySet().stream()
                                .map(column ->
                                        number(figures.median(name, column).orElseThrow()))
                                .collect(Collectors.joining(" | "))
                        + " |");
            }
        }
    }

    private void others(PrintStream out) {
        out.println("| run | figures |");
        out.println("| --- | --- |");
        for (String name : figures.names()) {
            if (figures.median(name, "steps_per_s").isEmpty()) {
                out.println("| " + name + " | "
                        + figures.rounds(name).getFirst().keySet().stream()
                                .map(f ->
                                        f + " " + number(figures.median(name, f).orElseThrow()))
                                .collect(Collectors.joining(", "))
                        + " |");
            }
        }
    }

    private void targets(PrintStream out) {
        out.println("| figure | what | measured | must | aim | reached |");
        out.println("| --- | --- | --- | --- | --- | --- |");
        for (Target target : Target.all(figures)) {
            String sign = target.more() ? "≥ " : "≤ ";
            out.printf(
                    "| %s | %s | %s | %s | %s | %s |%n",
                    target.id(),
                    target.what(),
                    number(target.value().orElseThrow()),
                    sign + number(target.must()),
                    sign + number(target.aim()),
                    target.reached());
        }
    }

    static String number(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }

    ObjectNode json() {
        ObjectNode root = Json.object();
        root.put("quick", options.quick()).put("rounds", options.rounds());
        root.put("processors", Runtime.getRuntime().availableProcessors());
        ObjectNode runs = root.putObject("runs");
        for (String name : figures.names()) {
            ArrayNode rounds = runs.putArray(name);
            List<Map<String, Double>> all = figures.rounds(name);
            all.forEach(round -> rounds.add(Json.tree(round)));
        }
        ArrayNode targets = root.putArray("targets");
        for (Target target : Target.all(figures)) {
            targets.addObject()
                    .put("id", target.id())
                    .put("what", target.what())
                    .put("value", target.value().orElseThrow())
                    .put("must", target.must())
                    .put("aim", target.aim())
                    .put("reached", target.reached());
        }
        return root;
    }
}
