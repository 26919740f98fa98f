package dev.millrace.language.schema;

import static dev.millrace.language.schema.Parts.NODES;
import static dev.millrace.language.schema.Parts.list;
import static dev.millrace.language.schema.Parts.object;
import static dev.millrace.language.schema.Parts.oneOrList;
import static dev.millrace.language.schema.Parts.range;
import static dev.millrace.language.schema.Parts.ref;
import static dev.millrace.language.schema.Parts.text;
import static dev.millrace.language.schema.Parts.type;
import static dev.millrace.language.schema.Parts.words;

import dev.millrace.language.schema.Parts.Fields;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The tests beside a definition. */
final class TestSchema {
    private static final int LONGEST = 2000;

    private TestSchema() {}

    static void addTo(ObjectNode defs) {
        defs.set("test", test());
        defs.set("test_trigger", trigger());
        defs.set("given", given());
        defs.set("answer", answer());
        defs.set("answer_map", answerMap());
        defs.set("failing", failing());
        defs.set("arrival", arrival());
        defs.set("expect", expect());
        defs.set("expected_approval", expectedApproval());
        defs.set("expected_step", expectedStep());
        defs.set("fields", type("a map of fields", "object"));
        defs.set("fields_or_list", type("a map of fields, or a list of such", "object", "array"));
    }

    private static ObjectNode test() {
        ObjectNode test = object("a test as a map", List.of("name", "trigger", "expect"));
        Fields.of(test)
                .set(
                        "name",
                        line("a name of 1 to 200 characters", 200),
                        "What the test shows, in a few words: small orders need nobody.")
                .set("trigger", ref("test_trigger"), "What the execution starts with.")
                .set("given", ref("given"), "What people decide and actions answer while the test runs.")
                .set("expect", ref("expect"), "What must come of it; what is not named is not looked at.");
        return test;
    }

    private static ObjectNode trigger() {
        ObjectNode trigger = object("a map with event and payload", List.of());
        Fields.of(trigger)
                .set("event", ref("event_name"), "Which event of the trigger's list; needed only if there are several.")
                .set(
                        "payload",
                        ref("fields"),
                        "The fields that matter to the test, such as { total_amount: 750000 }; the others are made up.");
        return trigger;
    }

    private static ObjectNode given() {
        ObjectNode given = object("a map with now, approvals, outputs, failures, events", List.of());
        Fields.of(given)
                .set(
                        "now",
                        text("an instant such as 2026-01-05T10:00:00+05:30"),
                        "When the execution starts; from then on the clock moves with what is waited for.")
                .set(
                        "approvals",
                        map("a map from steps to answers", oneOrList(ref("answer"), "an answer, or a list of such")),
                        "What people decide at each step: approve, reject, return or silence. A list answers one request after"
                                + " the other: silence, then the person it was escalated to.")
                .set(
                        "outputs",
                        map("a map from steps to outputs", ref("fields_or_list")),
                        "What actions give, as far as it matters; the other fields are made up.")
                .set(
                        "failures",
                        map("a map from steps to failures", ref("failing")),
                        "Which steps fail, and how often.")
                .set(
                        "events",
                        list(ref("arrival"), "a list of events").put("maxItems", 100),
                        "Events that come while the execution waits for them.");
        return given;
    }

    private static ObjectNode answer() {
        ObjectNode answer = type("approve, reject, return, silence, or a map with decision", "string", "object");
        answer.set("if", NODES.objectNode().put("type", "object"));
        answer.set("then", ref("answer_map"));
        answer.set("else", decision());
        return answer;
    }

    private static ObjectNode decision() {
        return words("approve, reject, return or silence", "approve", "reject", "return", "silence");
    }

    private static ObjectNode answerMap() {
        ObjectNode answer = object("a map with decision, by, comment, after", List.of("decision"));
        Fields.of(answer)
                .set("decision", decision(), "What is decided; silence means that nobody answers.")
                .set("by", line("the id or e-mail of a member", 200), "Who decides.")
                .set("comment", line("a comment of 1 to 2000 characters", LONGEST), "What is said with it.")
                .set("after", ref("duration"), "How long after the request, such as 2h.");
        return answer;
    }

    private static ObjectNode failing() {
        ObjectNode failing = object("a map with code, message, times", List.of("code"));
        Fields.of(failing)
                .set(
                        "code",
                        line("an error code such as provider_unavailable", 200),
                        "The code of the failure, such as provider_unavailable.")
                .set("message", line("a message of 1 to 2000 characters", LONGEST), "What the failure says.")
                .set(
                        "times",
                        range(type("a whole number from 1 to 100", "integer"), 1, 100),
                        "How many attempts fail before one succeeds; without it all do.");
        return failing;
    }

    private static ObjectNode arrival() {
        ObjectNode arrival = object("a map with event, payload, after", List.of("event"));
        Fields.of(arrival)
                .set("event", ref("event_name"), "Which event comes.")
                .set("payload", ref("fields"), "The fields that matter to the test; the others are made up.")
                .set("after", ref("duration"), "How long after the start, such as 2h.");
        return arrival;
    }

    private static ObjectNode expect() {
        ObjectNode expect = object("a map with starts, path, status, outcome, approvals, steps", List.of());
        Fields.of(expect)
                .set("starts", type("true or false", "boolean"), "Whether the trigger's condition holds.")
                .set(
                        "path",
                        list(ref("step_reference"), "a list of ids of steps"),
                        "The steps that ran, in the order in which they ended.")
                .set(
                        "status",
                        words("completed, failed or cancelled", "completed", "failed", "cancelled"),
                        "How the execution ends.")
                .set("outcome", outcome(), "Why it ends so.")
                .set(
                        "approvals",
                        list(ref("expected_approval"), "a list of requests for approval"),
                        "Every request for approval, in order.")
                .set(
                        "steps",
                        map("a map from steps to what becomes of them", ref("expected_step")),
                        "What becomes of single steps.");
        return expect;
    }

    private static ObjectNode outcome() {
        return words(
                "succeeded, rejected, expired, stopped, failed or cancelled",
                "succeeded",
                "rejected",
                "expired",
                "stopped",
                "failed",
                "cancelled");
    }

    private static ObjectNode expectedApproval() {
        ObjectNode approval = object("a map with step, role, user, level, amount, currency, decision", List.of());
        Fields.of(approval)
                .set("step", ref("step_reference"), "The step that asks.")
                .set("role", textOrNull(), "The role that is asked.")
                .set("user", textOrNull(), "The person who is asked.")
                .set(
                        "level",
                        range(type("a whole number from 1 to 100", "integer"), 1, 100),
                        "1 for the first request of a step, one more for each escalation.")
                .set("amount", type("a number", "number", "null"), "The amount on the request.")
                .set("currency", textOrNull(), "Its currency.")
                .set("message", textOrNull(), "What the request says.")
                .set("decision", verdict(), "What became of the request.")
                .set("by", textOrNull(), "Who decided.")
                .set("comment", textOrNull(), "What was said with the decision.");
        return approval;
    }

    private static ObjectNode verdict() {
        return words(
                "approved, rejected, returned, expired or cancelled",
                "approved",
                "rejected",
                "returned",
                "expired",
                "cancelled");
    }

    private static ObjectNode expectedStep() {
        ObjectNode step = object("a map with status, skip_reason, attempts, input, output, error", List.of());
        Fields.of(step)
                .set(
                        "status",
                        words(
                                "completed, failed, skipped, cancelled or not_run",
                                "completed",
                                "failed",
                                "skipped",
                                "cancelled",
                                "not_run"),
                        "How the step ends; not_run if the execution did not come to it.")
                .set(
                        "skip_reason",
                        words("condition, dead_path or blocked", "condition", "dead_path", "blocked"),
                        "Why it was skipped.")
                .set(
                        "attempts",
                        range(type("a whole number from 0 to 100", "integer"), 0, 100),
                        "How often it was tried.")
                .set("input", ref("fields"), "Fields of its config, with their values put in.")
                .set("output", ref("fields_or_list"), "Fields of what it gave.")
                .set("error", ref("fields"), "Why it failed: code, message.");
        return step;
    }

    private static ObjectNode textOrNull() {
        return type("a text", "string", "null");
    }

    private static ObjectNode line(String title, int longest) {
        return text(title).put("minLength", 1).put("maxLength", longest);
    }

    private static ObjectNode map(String title, ObjectNode value) {
        ObjectNode map = type(title, "object");
        map.set("additionalProperties", value);
        return map;
    }
}
