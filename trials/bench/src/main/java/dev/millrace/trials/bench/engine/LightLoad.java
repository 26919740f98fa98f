package dev.millrace.trials.bench.engine;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Decided;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.Json;
import dev.millrace.engine.Published;
import dev.millrace.engine.approval.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** One at a time on an idle node: how long a person, or the next program, waits. */
record LightLoad(MillraceNode node) {
    /** An event is taken in; its commit until the first step of what it starts is called. */
    Map<String, Double> events(int warmUp, int times) {
        var fromCommit = new Latencies();
        var fromCall = new Latencies();
        for (int n = 0; n < warmUp + times; n++) {
            int number = n;
            var committed = new AtomicLong();
            UUID tenant = node.tenants.getFirst();
            long called = System.nanoTime();
            Published published = node.engine.run(tenant, tx -> {
                tx.afterCommit(() -> committed.set(System.nanoTime()));
                var payload = Json.object().put("n", number);
                return node.engine.events().publish(tx, NewEvent.of("bench.happened", payload, Actor.SYSTEM));
            });
            long started = node.stamps.awaitStart(published.executions().getFirst());
            if (n >= warmUp) {
                fromCommit.add(committed.get(), started);
                fromCall.add(called, started);
            }
            node.awaitIdle();
        }
        var figures = new LinkedHashMap<String, Double>();
        fromCommit.into(figures, "event_to_step");
        fromCall.into(figures, "call_to_step");
        return figures;
    }

    /** A request is decided; the call, with its own commit, until the next step is called. */
    Map<String, Double> decisions(int warmUp, int times) {
        var latencies = new Latencies();
        UUID tenant = node.tenants.getFirst();
        for (int n = 0; n < warmUp + times; n++) {
            UUID execution = node.startOne(0);
            Request request = node.awaitRequest(tenant, execution);
            node.awaitIdle();
            long called = System.nanoTime();
            Decided decided = node.engine
                    .approvals()
                    .decide(tenant, request.id(), node.company.approver().id(), true, Optional.empty());
            if (!(decided instanceof Decided.Done)) {
                throw new IllegalStateException("the decision was refused: " + decided);
            }
            long started = node.stamps.awaitStart(execution);
            if (n >= warmUp) {
                latencies.add(called, started);
            }
            node.awaitIdle();
        }
        var figures = new LinkedHashMap<String, Double>();
        latencies.into(figures, "decision_to_step");
        return figures;
    }

    /** Forty calls outside of one execution: how many times one of them it takes for all. */
    Map<String, Double> overlap(int warmUp, int times) {
        var latencies = new Latencies();
        for (int n = 0; n < warmUp + times; n++) {
            long called = System.nanoTime();
            node.startOne(0);
            node.awaitIdle();
            if (n >= warmUp) {
                latencies.add(called, System.nanoTime());
            }
        }
        var figures = new LinkedHashMap<String, Double>();
        latencies.into(figures, "fan_of_calls");
        figures.put("fan_of_calls_times", latencies.medianMillis() / SlowCall.TAKES.toMillis());
        return figures;
    }
}
