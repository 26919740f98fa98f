package dev.millrace.language;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the world does in a simulation. Keys are ids of units: a step {@code a}, one item {@code a[0]} of a step with
 * {@code for_each}, or an entry {@code a.on_error[0]}. What is said of a step holds for each item of which nothing is
 * said.
 *
 * @param approvals answers to the requests of a step, one after the other; requests beyond them stay unanswered. A step
 *     that is not named is approved at once
 * @param outputs fields of outputs; those that are not given are made up by {@link ValueType}. For a step with
 *     {@code for_each} also a list, by item. A wait for an event or a workflow to which an output is given ends at once
 * @param failures how attempts fail
 * @param arrivals events that come while the execution runs
 */
public record Script(
        Map<String, List<Answer>> approvals,
        Map<String, JsonNode> outputs,
        Map<String, Failing> failures,
        List<Arrival> arrivals) {
    /** Everybody approves at once and nothing fails. */
    public static final Script NONE = new Script(Map.of(), Map.of(), Map.of(), List.of());

    public Script {
        approvals = Map.copyOf(approvals);
        outputs = Map.copyOf(outputs);
        failures = Map.copyOf(failures);
        arrivals = List.copyOf(arrivals);
    }

    public enum Decision {
        APPROVE,
        REJECT,
        /** Sent back and submitted again at once: the same level is asked again, the next answer is for that. */
        RETURN,
        /** Nobody answers: deadlines fall due. */
        SILENCE
    }

    /**
     * @param by member id or e-mail; one who asked, or is left out by the step, is not heard
     * @param after counted from when the request was made; an answer after the deadline is not heard
     */
    public record Answer(Decision decision, Optional<String> by, Optional<String> comment, Duration after) {
        public static Answer of(Decision decision) {
            return new Answer(decision, Optional.empty(), Optional.empty(), Duration.ZERO);
        }
    }

    /** @param times so many attempts fail and may be repeated; empty: the first fails for good */
    public record Failing(String code, String message, OptionalInt times) {}

    /** @param after counted from the start of the simulation */
    public record Arrival(String event, ObjectNode payload, Duration after) {}
}
