package dev.millrace.server.demo;

import dev.millrace.engine.Json;
import dev.millrace.server.demo.Caller.Answer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** A person who looks at what waits for a decision, again and again, and decides. */
final class Approver {
    private static final String PENDING = "/workflows/approvals/pending?limit=200";

    private final Caller caller;
    private final Function<JsonNode, Optional<Choice>> choices;
    private final Set<UUID> left = ConcurrentHashMap.newKeySet();

    /** @param choices from a request; empty: not now */
    Approver(Caller caller, Function<JsonNode, Optional<Choice>> choices) {
        this.caller = caller;
        this.choices = choices;
    }

    /** Decides on all that waits now. */
    void runOnce() {
        for (JsonNode item : pending()) {
            choices.apply(item).ifPresent(choice -> decide(id(item), choice));
        }
    }

    /** How many requests wait for this person, all of them left on purpose; empty: some are not. */
    OptionalInt waiting() {
        JsonNode pending = pending();
        for (JsonNode item : pending) {
            if (!left.contains(id(item))) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(pending.size());
    }

    /** How many requests this person has left alone. */
    int leftCount() {
        return left.size();
    }

    private JsonNode pending() {
        return caller.expect("see what waits", caller.get(PENDING)).path("items");
    }

    private void decide(UUID request, Choice choice) {
        switch (choice) {
            case Choice.Leave leave -> left.add(request);
            case Choice.Approve approve -> send(request, "approve", Optional.empty());
            case Choice.Reject reject -> send(request, "reject", Optional.of(reject.reason()));
        }
    }

    private void send(UUID request, String decision, Optional<String> comment) {
        var body = Json.object();
        comment.ifPresent(text -> body.put("comment", text));
        Answer answer = caller.post("/workflows/approvals/" + request + "/" + decision, body);
        // Sent twice when the server died over the first one, which then may have counted.
        if (!answer.code().equals("already_decided")) {
            caller.expect(decision + " request " + request, answer);
        }
    }

    private static UUID id(JsonNode item) {
        return UUID.fromString(item.path("id").asString());
    }
}
