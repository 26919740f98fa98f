package dev.millrace.language.testing;

import dev.millrace.language.Durations;
import dev.millrace.language.Happening;
import dev.millrace.language.Script;
import dev.millrace.language.Script.Answer;
import dev.millrace.language.Script.Arrival;
import dev.millrace.language.Script.Decision;
import dev.millrace.language.Script.Failing;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One test, read. The text has passed the schema.
 *
 * @param event the one named, else the only one that starts the definition
 * @param payload as written: fields that are missing are not made up yet
 */
record TestCase(
        String name, Optional<String> event, ObjectNode payload, Instant now, Script script, JsonNode expect) {
    /** A Monday morning in India. */
    static final Instant NOW = Instant.parse("2026-01-05T04:30:00Z");

    static TestCase of(JsonNode test, List<String> triggers) {
        JsonNode given = test.path("given");
        Optional<String> only = triggers.size() == 1 ? Optional.of(triggers.getFirst()) : Optional.empty();
        return new TestCase(
                test.path("name").asString(),
                test.path("trigger").path("event").asStringOpt().or(() -> only),
                object(test.path("trigger").path("payload")),
                given.path("now")
                        .asStringOpt()
                        .map(text -> OffsetDateTime.parse(text).toInstant())
                        .orElse(NOW),
                script(given),
                test.path("expect"));
    }

    Happening happening(ObjectNode filled) {
        return new Happening(event, filled, now, JsonNodeFactory.instance.objectNode());
    }

    private static Script script(JsonNode given) {
        var approvals = new HashMap<String, List<Answer>>();
        entries(given.path("approvals"), (step, answers) -> approvals.put(step, answers(answers)));
        var outputs = new HashMap<String, JsonNode>();
        entries(given.path("outputs"), outputs::put);
        var failures = new HashMap<String, Failing>();
        entries(given.path("failures"), (step, failing) -> failures.put(step, failing(failing)));
        var arrivals = new ArrayList<Arrival>();
        given.path("events")
                .forEach(event -> arrivals.add(new Arrival(
                        event.path("event").asString(), object(event.path("payload")), after(event.path("after")))));
        return new Script(approvals, outputs, failures, arrivals);
    }

    private static void entries(JsonNode map, BiConsumer<String, JsonNode> each) {
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            each.accept(entry.getKey(), entry.getValue());
        }
    }

    private static List<Answer> answers(JsonNode answers) {
        return answers.isArray()
                ? answers.values().stream().map(TestCase::answer).toList()
                : List.of(answer(answers));
    }

    private static Answer answer(JsonNode answer) {
        if (answer.isString()) {
            return Answer.of(decision(answer));
        }
        return new Answer(
                decision(answer.path("decision")),
                answer.path("by").asStringOpt(),
                answer.path("comment").asStringOpt(),
                after(answer.path("after")));
    }

    private static Decision decision(JsonNode word) {
        return Decision.valueOf(word.asString().toUpperCase(Locale.ROOT));
    }

    private static Failing failing(JsonNode failing) {
        String code = failing.path("code").asString();
        return new Failing(
                code,
                failing.path("message").asString(code),
                failing.path("times").isNumber()
                        ? OptionalInt.of(failing.path("times").intValue())
                        : OptionalInt.empty());
    }

    private static Duration after(JsonNode text) {
        return text.isString() ? Durations.parse(text.stringValue()).orElse(Durations.MAX) : Duration.ZERO;
    }

    private static ObjectNode object(JsonNode node) {
        return node.isObject() ? (ObjectNode) node : JsonNodeFactory.instance.objectNode();
    }
}
