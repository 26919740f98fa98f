package dev.millrace.trials.bench.engine;

import dev.millrace.postgres.PostgresAddress;
import java.sql.SQLException;
import java.time.Duration;
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
            case "events" ->
                millrace(task, Workload.byEvent(), light -> light.events(task.warmUp(), task.executions()));
            case "decisions" ->
                millrace(task, Workload.approval(), light -> light.decisions(task.warmUp(), task.executions()));
            case "overlap" ->
                millrace(task, Workload.fanOfCalls(), light -> light.overlap(task.warmUp(), task.executions()));
            case "parked" -> parked(task);
            case "idle" -> idle(task);
            default -> throw new IllegalArgumentException("there is no scenario " + task.scenario());
        };
    }

    private Contestant linear(Task task) throws SQLException {
        return switch (task.system()) {
            case Plan.MILLRACE -> millrace(task, Workload.w1());
            case Plan.DB_SCHEDULER -> new DbSchedulerNode(owner);
            case Plan.DBOS -> new DbosNode(owner, false);
            default -> throw unknown(task);
        };
    }

    private Contestant fan(Task task) {
        return switch (task.system()) {
            case Plan.MILLRACE -> millrace(task, Workload.w2());
            case Plan.DBOS -> new DbosNode(owner, true);
            default -> throw unknown(task);
        };
    }

    private MillraceNode millrace(Task task, Workload workload) {
        MillraceNode.migrate(owner);
        return new MillraceNode(serving, workload, task.tenants());
    }

    private interface Light {
        Map<String, Double> measure(LightLoad load);
    }

    private Map<String, Double> millrace(Task task, Workload workload, Light light) {
        try (MillraceNode node = millrace(task, workload)) {
            return light.measure(new LightLoad(node));
        }
    }

    private Map<String, Double> throughput(Task task, Contestant contestant) throws SQLException {
        try (contestant;
                var probe = new Probe(owner, server)) {
            return new Throughput(contestant, probe, task.clients()).measure(task.warmUp(), task.executions());
        }
    }

    private Map<String, Double> parked(Task task) throws SQLException {
        try (MillraceNode node = millrace(task, Workload.approval());
                var probe = new Probe(serving, server)) {
            return new Parked(node, probe, task.clients()).measure(task.executions());
        }
    }

    private Map<String, Double> idle(Task task) throws SQLException {
        try (MillraceNode node = millrace(task, Workload.w1());
                var probe = new Probe(owner, server)) {
            new Throughput(node, probe, task.clients()).measure(0, task.warmUp());
            return new Idle(probe).measure(Duration.ofSeconds(task.executions()));
        }
    }

    private static IllegalArgumentException unknown(Task task) {
        return new IllegalArgumentException(task.system() + " does not run " + task.scenario());
    }
}
