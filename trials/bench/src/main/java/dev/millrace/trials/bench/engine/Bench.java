package dev.millrace.trials.bench.engine;

import dev.millrace.postgres.PostgresAddress;
import java.sql.SQLException;
import java.util.Map;

/**
 * Runs one task on a database of its own and gives its figures.
 *
 * @param serving of the database, as who serves
 * @param owner of the same database, as who owns it
 */
record Bench(PostgresAddress serving, PostgresAddress owner, ServerCpu server) {
    Map<String, Double> run(Task task) throws SQLException {
        return switch (task.scenario()) {
            case "transition" -> throughput(task, new Floor(owner, task.clients()));
            case "w1" -> throughput(task, linear(task));
            case "w1-local" -> throughput(task, millrace(task, Workload.w1Local()));
            case "w2" -> throughput(task, fan(task));
            default -> throw new IllegalArgumentException("there is no scenario " + task.scenario());
        };
    }

    private Contestant linear(Task task) throws SQLException {
        return switch (task.system()) {
            case "millrace" -> millrace(task, Workload.w1());
            default -> throw unknown(task);
        };
    }

    private Contestant fan(Task task) throws SQLException {
        return switch (task.system()) {
            case "millrace" -> millrace(task, Workload.w2());
            default -> throw unknown(task);
        };
    }

    private MillraceNode millrace(Task task, Workload workload) {
        MillraceNode.migrate(owner);
        return new MillraceNode(serving, workload, task.tenants());
    }

    private Map<String, Double> throughput(Task task, Contestant contestant) throws SQLException {
        try (contestant;
                var probe = new Probe(owner, server)) {
            return new Throughput(contestant, probe, task.clients()).measure(task.warmUp(), task.executions());
        }
    }

    private static IllegalArgumentException unknown(Task task) {
        return new IllegalArgumentException(task.system() + " does not run " + task.scenario());
    }
}
