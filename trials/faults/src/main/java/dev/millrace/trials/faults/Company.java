package dev.millrace.trials.faults;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Engine;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.Json;
import dev.millrace.engine.Retried;
import dev.millrace.engine.Retries;
import dev.millrace.engine.Saved;
import dev.millrace.engine.approval.Request;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** One tenant of a trial, as people and applications use it through a node that runs nothing itself. */
record Company(UUID tenant, Engine engine) {
    UUID enable(String yaml) {
        Saved saved = engine.run(
                tenant, tx -> engine.definitions().save(tx, yaml, Optional.of(true), "person", Actor.SYSTEM));
        if (saved instanceof Saved.Done done) {
            return done.definition().id();
        }
        throw new IllegalStateException("a definition of the trial was refused: " + saved);
    }

    void disable(UUID definition) {
        engine.run(
                tenant,
                tx -> engine.definitions().toggle(tx, definition, Optional.of(false), stored -> false, Actor.SYSTEM));
    }

    /** From the failed step. */
    Retried retry(UUID execution) {
        return engine.run(tenant, tx -> engine.retries().retry(tx, execution, Retries.How.USUAL, Actor.SYSTEM));
    }

    /** May be repeated with the same id until it is answered. */
    void publish(String event, UUID id) {
        ObjectNode payload = Json.object();
        payload.put("id", id.toString());
        payload.put("requested_by", TrialDirectory.requester(tenant).id().toString());
        var by = Actor.user(TrialDirectory.requester(tenant));
        engine.run(
                tenant,
                tx -> engine.events().publish(tx, new NewEvent(Optional.of(id.toString()), event, payload, by, 0)));
    }

    List<Request> pending() {
        return engine.run(tenant, tx -> engine.approvals().allPending(tx, Optional.empty(), 200));
    }
}
