package dev.millrace.language;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What may start a simulated execution.
 *
 * @param event the name of an event; empty for a start by hand or by a schedule
 * @param payload of the event, or what the person or program gave; nothing for a schedule
 * @param at when; the clock of the simulation starts here
 * @param tenant fields of {@code tenant} that are known; the others are made up from the catalogue
 */
public record Happening(Optional<String> event, ObjectNode payload, Instant at, ObjectNode tenant) {

    public static Happening event(String name, ObjectNode payload, Instant at) {
        return new Happening(Optional.of(name), payload, at, JsonNodeFactory.instance.objectNode());
    }

    public static Happening started(ObjectNode payload, Instant at) {
        return new Happening(Optional.empty(), payload, at, JsonNodeFactory.instance.objectNode());
    }
}
