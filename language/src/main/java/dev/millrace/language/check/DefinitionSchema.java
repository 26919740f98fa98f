package dev.millrace.language.check;

import dev.millrace.language.Durations;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema (draft 2020-12) of a definition's text.
 *
 * <p>Alternatives are told apart by {@code if} on the type, not by {@code anyOf}: a validator then reports what is
 * wrong with the alternative that was meant. Each {@code title} completes "Expected … at steps[0].id".
 */
public final class DefinitionSchema {
    static final int MAX_STEPS = 500;
    static final String KEBAB = "^(?=.{1,64}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$";
    static final String SNAKE = "^(?=.{1,64}$)[a-z][a-z0-9]*(?:_[a-z0-9]+)*$";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private DefinitionSchema() {}

    public static ObjectNode root() {
        ObjectNode root = object("a workflow definition", List.of("workflow"));
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.withObjectProperty("properties").set("workflow", ref("workflow"));
        root.withObjectProperty("properties")
                .set("tests", list(ref("test"), "a list of at most 100 tests").put("maxItems", TestSchema.MAX_TESTS));
        ObjectNode defs = root.putObject("$defs");
        names(defs);
        defs.set("workflow", workflow());
        defs.set("trigger", trigger());
        defs.set("inputs", NODES.objectNode().put("type", "object").put("title", "a JSON Schema as a map"));
        defs.set("concurrency", concurrency());
        defs.set("step", step());
        defs.set("retry", retry());
        defs.set("handler", handler());
        defs.set("handlers", handlers());
        defs.set("on_error", onError());
        defs.set("handler_block", handlerBlock());
        defs.set("deadline", deadline());
        defs.set("config", type("a map of fields", "object", "null"));
        TestSchema.add(defs);
        return root;
    }

    private static void names(ObjectNode defs) {
        defs.set("workflow_name", pattern(KEBAB, "a name in kebab-case (such as purchase-order-approval)"));
        defs.set("step_id", pattern(SNAKE, "an id in snake_case (such as finance_head)"));
        defs.set("step_reference", text("the id of a step").put("minLength", 1));
        defs.set(
                "action_name",
                text("the name of an action (such as erp.approval.request)").put("minLength", 1));
        defs.set(
                "event_name",
                text("the name of an event (such as purchase_order.created)").put("minLength", 1));
        defs.set("duration", pattern(Durations.PATTERN, "a duration such as 30s, 5m, 24h or 2d"));
        defs.set("expression", expression());
    }

    private static ObjectNode expression() {
        ObjectNode text = type("an expression such as trigger.total_amount > 500000", "string", "boolean");
        return text.put("minLength", 1);
    }

    private static ObjectNode workflow() {
        ObjectNode workflow = object("the workflow as a map", List.of("name", "trigger", "steps"));
        ObjectNode fields = workflow.withObjectProperty("properties");
        fields.set("name", ref("workflow_name"));
        fields.set(
                "description", text("a description of at most 2000 characters").put("maxLength", 2000));
        fields.set("version", type("a whole number", "integer"));
        fields.set("enabled", type("true or false", "boolean"));
        fields.set("trigger", ref("trigger"));
        fields.set("concurrency", ref("concurrency"));
        fields.set(
                "steps",
                list(ref("step"), "a list of 1 to 500 steps").put("minItems", 1).put("maxItems", MAX_STEPS));
        fields.set("on_failure", ref("handlers"));
        return workflow;
    }

    private static ObjectNode trigger() {
        ObjectNode trigger = object("a trigger with exactly one of event, schedule or manual", List.of());
        ObjectNode fields = trigger.withObjectProperty("properties");
        fields.set("event", oneOrList(ref("event_name"), "the name of an event, or a list of names"));
        fields.set("condition", ref("expression"));
        fields.set("schedule", text("a cron expression such as '0 9 15 * *'"));
        fields.set("timezone", text("a time zone such as Asia/Kolkata"));
        fields.set("catch_up", words("none, last or all", "none", "last", "all"));
        ObjectNode manual = NODES.objectNode().put("title", "true");
        manual.putArray("enum").add(true);
        fields.set("manual", manual);
        fields.set("inputs", ref("inputs"));
        var kinds = trigger.putArray("oneOf");
        for (String kind : List.of("event", "schedule", "manual")) {
            kinds.addObject().putArray("required").add(kind);
        }
        ObjectNode needs = trigger.putObject("dependentRequired");
        needs.putArray("condition").add("event");
        needs.putArray("timezone").add("schedule");
        needs.putArray("catch_up").add("schedule");
        needs.putArray("inputs").add("manual");
        return trigger;
    }

    private static ObjectNode concurrency() {
        ObjectNode concurrency = object("a map with key and on_conflict", List.of("key"));
        ObjectNode fields = concurrency.withObjectProperty("properties");
        fields.set("key", text("a template such as \"{{ trigger.id }}\"").put("minLength", 1));
        fields.set("on_conflict", words("skip or queue", "skip", "queue"));
        return concurrency;
    }

    private static ObjectNode step() {
        ObjectNode step = object("a step as a map", List.of("id", "action"));
        ObjectNode fields = step.withObjectProperty("properties");
        fields.set("id", ref("step_id"));
        fields.set("action", ref("action_name"));
        fields.set(
                "description", text("a description of at most 2000 characters").put("maxLength", 2000));
        fields.set("depends_on", oneOrList(ref("step_reference"), "the id of a step, or a list of ids"));
        fields.set("condition", ref("expression"));
        fields.set("if_skipped", words("block or pass", "block", "pass"));
        fields.set("config", ref("config"));
        fields.set("timeout", ref("duration"));
        fields.set("retry", ref("retry"));
        fields.set("on_timeout", oneOrList(ref("deadline"), "a map with after and action, or a list of such"));
        fields.set("on_error", ref("on_error"));
        fields.set("for_each", type("an expression giving a list", "string", "array"));
        fields.set("max_parallel", range(type("a whole number from 1 to 100", "integer"), 1, 100));
        step.putObject("dependentRequired").putArray("max_parallel").add("for_each");
        return step;
    }

    private static ObjectNode retry() {
        ObjectNode retry = object("a map with max_attempts, initial_delay, multiplier, max_delay", List.of());
        ObjectNode fields = retry.withObjectProperty("properties");
        fields.set("max_attempts", range(type("a whole number from 1 to 100", "integer"), 1, 100));
        fields.set("initial_delay", ref("duration"));
        fields.set("multiplier", range(type("a number from 1 to 100", "number"), 1, 100));
        fields.set("max_delay", ref("duration"));
        return retry;
    }

    private static ObjectNode handler() {
        ObjectNode handler = object("a map with action and config", List.of("action"));
        ObjectNode fields = handler.withObjectProperty("properties");
        fields.set("action", ref("action_name"));
        fields.set("config", ref("config"));
        return handler;
    }

    private static ObjectNode deadline() {
        ObjectNode deadline = object("a map with after and action", List.of("after", "action"));
        ObjectNode fields = deadline.withObjectProperty("properties");
        fields.set("after", ref("duration"));
        fields.set("action", ref("action_name"));
        fields.set("config", ref("config"));
        fields.set("then", words("fail or continue", "fail", "continue"));
        return deadline;
    }

    /** {@code {action, config}}, a list, or {@code {do, then}}. */
    private static ObjectNode handlers() {
        ObjectNode handlers = type("a map with action and config, or a list of such", "object", "array");
        handlers.set("if", NODES.objectNode().put("type", "array"));
        handlers.set("then", handlerList());
        ObjectNode other = handlers.putObject("else");
        other.set("if", hasBlockKey());
        other.set("then", ref("handler_block"));
        other.set("else", ref("handler"));
        return handlers;
    }

    private static ObjectNode onError() {
        ObjectNode onError =
                type("'continue', a map with action and config, or a list of such", "string", "object", "array");
        onError.set("if", NODES.objectNode().put("type", "string"));
        onError.set("then", words("'continue', or a map with action and config", "continue"));
        onError.set("else", ref("handlers"));
        return onError;
    }

    private static ObjectNode handlerBlock() {
        ObjectNode block = object("a map with do and then", List.of("do"));
        ObjectNode fields = block.withObjectProperty("properties");
        fields.set("do", oneOrList(ref("handler"), "a map with action and config, or a list of such"));
        fields.set("then", words("stop or continue", "stop", "continue"));
        return block;
    }

    private static ObjectNode hasBlockKey() {
        ObjectNode either = NODES.objectNode();
        var cases = either.putArray("anyOf");
        cases.addObject().putArray("required").add("do");
        cases.addObject().putArray("required").add("then");
        return either;
    }

    private static ObjectNode handlerList() {
        return list(ref("handler"), "a list of actions").put("minItems", 1);
    }

    static ObjectNode object(String title, List<String> required) {
        ObjectNode object = type(title, "object");
        object.putObject("properties");
        object.putObject("patternProperties").put("^x-", true);
        object.put("additionalProperties", false);
        if (!required.isEmpty()) {
            required.forEach(object.putArray("required")::add);
        }
        return object;
    }

    static ObjectNode oneOrList(ObjectNode item, String title) {
        ObjectNode either = NODES.objectNode().put("title", title);
        either.set("if", NODES.objectNode().put("type", "array"));
        either.set("then", list(item, title).put("minItems", 1));
        either.set("else", item.deepCopy());
        return either;
    }

    static ObjectNode list(JsonNode item, String title) {
        ObjectNode list = type(title, "array");
        list.set("items", item);
        return list;
    }

    static ObjectNode words(String title, String... words) {
        ObjectNode node = NODES.objectNode().put("title", title);
        List.of(words).forEach(node.putArray("enum")::add);
        return node;
    }

    private static ObjectNode pattern(String pattern, String title) {
        return text(title).put("pattern", pattern);
    }

    static ObjectNode text(String title) {
        return type(title, "string");
    }

    static ObjectNode range(ObjectNode number, int least, int most) {
        return number.put("minimum", least).put("maximum", most);
    }

    static ObjectNode type(String title, String... types) {
        ObjectNode node = NODES.objectNode().put("title", title);
        if (types.length == 1) {
            return node.put("type", types[0]);
        }
        List.of(types).forEach(node.putArray("type")::add);
        return node;
    }

    static ObjectNode ref(String name) {
        return NODES.objectNode().put("$ref", "#/$defs/" + name);
    }
}
