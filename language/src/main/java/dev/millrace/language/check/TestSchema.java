package dev.millrace.language.check;

import static dev.millrace.language.check.DefinitionSchema.list;
import static dev.millrace.language.check.DefinitionSchema.object;
import static dev.millrace.language.check.DefinitionSchema.oneOrList;
import static dev.millrace.language.check.DefinitionSchema.range;
import static dev.millrace.language.check.DefinitionSchema.ref;
import static dev.millrace.language.check.DefinitionSchema.text;
import static dev.millrace.language.check.DefinitionSchema.type;
import static dev.millrace.language.check.DefinitionSchema.words;

import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The part of the JSON Schema for {@code tests}. */
final class TestSchema {
    static final int MAX_TESTS = 100;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int LONGEST = 2000;

    private TestSchema() {}

    static void add(ObjectNode defs) {
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
        ObjectNode fields = properties(test);
        fields.set("name", line("a name of 1 to 200 characters", 200));
        fields.set("trigger", ref("test_trigger"));
        fields.set("given", ref("given"));
        fields.set("expect", ref("expect"));
        return test;
    }

    private static ObjectNode trigger() {
        ObjectNode trigger = object("a map with event and payload", List.of());
        ObjectNode fields = properties(trigger);
        fields.set("event", ref("event_name"));
        fields.set("payload", ref("fields"));
        return trigger;
    }

    private static ObjectNode given() {
        ObjectNode given = object("a map with now, approvals, outputs, failures, events", List.of());
        ObjectNode fields = properties(given);
        fields.set("now", text("an instant such as 2026-01-05T10:00:00+05:30"));
        fields.set(
                "approvals", map("a map from steps to answers", oneOrList(ref("answer"), "an answer, or a list of such")));
        fields.set("outputs", map("a map from steps to outputs", ref("fields_or_list")));
        fields.set("failures", map("a map from steps to failures", ref("failing")));
        fields.set("events", list(ref("arrival"), "a list of events").put("maxItems", 100));
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
        ObjectNode fields = properties(answer);
        fields.set("decision", decision());
        fields.set("by", line("the id or e-mail of a member", 200));
        fields.set("comment", line("a comment of 1 to 2000 characters", LONGEST));
        fields.set("after", ref("duration"));
        return answer;
    }

    private static ObjectNode failing() {
        ObjectNode failing = object("a map with code, message, times", List.of("code"));
        ObjectNode fields = properties(failing);
        fields.set("code", line("an error code such as provider_unavailable", 200));
        fields.set("message", line("a message of 1 to 2000 characters", LONGEST));
        fields.set("times", range(type("a whole number from 1 to 100", "integer"), 1, 100));
        return failing;
    }

    private static ObjectNode arrival() {
        ObjectNode arrival = object("a map with event, payload, after", List.of("event"));
        ObjectNode fields = properties(arrival);
        fields.set("event", ref("event_name"));
        fields.set("payload", ref("fields"));
        fields.set("after", ref("duration"));
        return arrival;
    }

    private static ObjectNode expect() {
        ObjectNode expect = object("a map with starts, path, status, outcome, approvals, steps", List.of());
        ObjectNode fields = properties(expect);
        fields.set("starts", type("true or false", "boolean"));
        fields.set("path", list(ref("step_reference"), "a list of ids of steps"));
        fields.set("status", words("completed, failed or cancelled", "completed", "failed", "cancelled"));
        fields.set(
                "outcome",
                words(
                        "succeeded, rejected, expired, stopped, failed or cancelled",
                        "succeeded",
                        "rejected",
                        "expired",
                        "stopped",
                        "failed",
                        "cancelled"));
        fields.set("approvals", list(ref("expected_approval"), "a list of requests for approval"));
        fields.set("steps", map("a map from steps to what becomes of them", ref("expected_step")));
        return expect;
    }

    private static ObjectNode expectedApproval() {
        ObjectNode approval = object("a map with step, role, user, level, amount, currency, decision", List.of());
        ObjectNode fields = properties(approval);
        fields.set("step", ref("step_reference"));
        for (String field : List.of("role", "user", "currency", "message", "by", "comment")) {
            fields.set(field, type("a text", "string", "null"));
        }
        fields.set("level", range(type("a whole number from 1 to 100", "integer"), 1, 100));
        fields.set("amount", type("a number", "number", "null"));
        fields.set(
                "decision",
                words(
                        "approved, rejected, returned, expired or cancelled",
                        "approved",
                        "rejected",
                        "returned",
                        "expired",
                        "cancelled"));
        return approval;
    }

    private static ObjectNode expectedStep() {
        ObjectNode step = object("a map with status, skip_reason, attempts, input, output, error", List.of());
        ObjectNode fields = properties(step);
        fields.set(
                "status",
                words(
                        "completed, failed, skipped, cancelled or not_run",
                        "completed",
                        "failed",
                        "skipped",
                        "cancelled",
                        "not_run"));
        fields.set("skip_reason", words("condition, dead_path or blocked", "condition", "dead_path", "blocked"));
        fields.set("attempts", range(type("a whole number from 0 to 100", "integer"), 0, 100));
        fields.set("input", ref("fields"));
        fields.set("output", ref("fields_or_list"));
        fields.set("error", ref("fields"));
        return step;
    }

    private static ObjectNode properties(ObjectNode object) {
        return object.withObjectProperty("properties");
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
