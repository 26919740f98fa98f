package dev.millrace.language.simulation;

import dev.millrace.language.EvaluationException;
import dev.millrace.language.EventType;
import dev.millrace.language.Scope;
import dev.millrace.language.Script.Arrival;
import dev.millrace.language.Shape;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Which of the scripted events a wait is for. */
final class Arrivals {
    private Arrivals() {}

    /** The first, by time, that is of the name and matches; one that came before the wait only if it may have. */
    static Optional<Wait.Arrived> first(World world, Wait wait, Scope scope) {
        Wait.Expected expected = wait.event.orElseThrow();
        Optional<Wait.Arrived> first = Optional.empty();
        List<Arrival> arrivals = world.script.arrivals();
        for (int n = 0; n < arrivals.size(); n++) {
            Arrival arrival = arrivals.get(n);
            Instant at = world.startedAt.plus(arrival.after());
            boolean inTime = expected.sinceTrigger() || !at.isBefore(wait.since);
            boolean sooner = first.filter(f -> !f.at().isAfter(at)).isEmpty();
            if (inTime && sooner && arrival.event().equals(expected.name())) {
                ObjectNode payload = payload(world, arrival, n);
                if (matches(expected, payload, scope)) {
                    Instant seen = at.isBefore(wait.since) ? wait.since : at;
                    first = Optional.of(new Wait.Arrived(payload, "event-" + (n + 1), seen));
                }
            }
        }
        return first;
    }

    private static ObjectNode payload(World world, Arrival arrival, int n) {
        Shape shape = Optional.ofNullable(world.prepared.catalogue().events().get(arrival.event()))
                .map(EventType::payload)
                .orElse(Shape.FREE);
        return world.fit(shape, arrival.payload(), "event-" + (n + 1));
    }

    private static boolean matches(Wait.Expected expected, ObjectNode payload, Scope scope) {
        try {
            return expected.match().holds(new SimulatedScope.With(scope, "event", payload));
        } catch (EvaluationException noMatch) {
            return false;
        }
    }
}
