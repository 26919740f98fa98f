package dev.millrace.server.demo;

import dev.millrace.engine.Json;
import dev.millrace.server.demo.Caller.Answer;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** A person who looks at what waits for a decision, again and again, and decides. */
final class Approver {
    private static final String PENDING = "/workflows/approvals/pending?limit=200";

    private final Caller caller;
    private final OrderBook book;
    private final Function<String, Choice> choices;
    private final Set<UUID> left = ConcurrentHashMap.newKeySet();

    /** @param choices from the number of an order in the log */
    Approver(Caller caller, OrderBook book, Function<String, Choice> choices) {
        this.caller = caller;
        this.book = book;
        this.choices = choices;
    }

    /** Decides on all that waits now. */
    void runOnce() {
        for (JsonNode item : pending()) {
            // An order may be asked about before its buyer has read the answer: then it is decided the next time.
            book.find(UUID.fromString(item.path("entity_id").asString()))
                    .ifPresent(order ->
                            decide(id(item), choices.apply(order.source().number())));
        }
    }

    /** Whether nothing waits for this person but what is left on purpose. */
    boolean isDone() {
        for (JsonNode item : pending()) {
            if (!left.contains(id(item))) {
                return false;
            }
        }
        return true;
    }

    /** How many requests were left to their deadline. */
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
