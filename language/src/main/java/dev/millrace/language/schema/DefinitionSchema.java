package dev.millrace.language.schema;

import static dev.millrace.language.schema.Parts.NODES;
import static dev.millrace.language.schema.Parts.list;
import static dev.millrace.language.schema.Parts.object;
import static dev.millrace.language.schema.Parts.oneOrList;
import static dev.millrace.language.schema.Parts.pattern;
import static dev.millrace.language.schema.Parts.ref;
import static dev.millrace.language.schema.Parts.text;
import static dev.millrace.language.schema.Parts.type;
import static dev.millrace.language.schema.Parts.words;

import dev.millrace.language.Durations;
import dev.millrace.language.schema.Parts.Fields;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema (draft 2020-12) of a definition's text, the same for every company.
 *
 * <p>Alternatives are told apart by {@code if} on the type, not by {@code anyOf}: a validator then reports what is
 * wrong with the alternative that was meant. Each {@code title} completes "Expected … at steps[0].id".
 */
public final class DefinitionSchema {
    public static final int MAX_STEPS = 500;

    /** Most tests beside one definition. */
    public static final int MAX_TESTS = 100;

    private DefinitionSchema() {}

    public static ObjectNode root() {
        ObjectNode root = NODES.objectNode().put("$schema", Parts.DIALECT);
        root.setAll(object("a workflow definition", List.of("workflow")));
        Fields.of(root)
                .set("workflow", ref("workflow"), "What starts the workflow, and its steps.")
                .set(
                        "tests",
                        list(ref("test"), "a list of at most 100 tests").put("maxItems", MAX_TESTS),
                        "Tests of this workflow: what starts it, who decides what, and what must come of it.");
        ObjectNode defs = root.putObject("$defs");
        names(defs);
        defs.set("workflow", workflow());
        defs.set("trigger", trigger());
        defs.set("inputs", NODES.objectNode().put("type", "object").put("title", "a JSON Schema as a map"));
        defs.set("concurrency", concurrency());
        StepSchema.addTo(defs);
        TestSchema.addTo(defs);
        return root;
    }

    private static void names(ObjectNode defs) {
        defs.set("workflow_name", pattern(Forms.KEBAB, "a name in kebab-case (such as purchase-order-approval)"));
        defs.set("step_id", pattern(Forms.SNAKE, "an id in snake_case (such as finance_head)"));
        defs.set("step_reference", text("the id of a step").put("minLength", 1));
        defs.set(
                "action_name",
                text("the name of an action (such as erp.approval.request)").put("minLength", 1));
        defs.set(
                "event_name",
                text("the name of an event (such as purchase_order.created)").put("minLength", 1));
        defs.set("duration", pattern(Durations.PATTERN, "a duration such as 30s, 5m, 24h or 2d"));
        defs.set(
                "expression",
                type("an expression such as trigger.total_amount > 500000", "string", "boolean")
                        .put("minLength", 1));
    }

    private static ObjectNode workflow() {
        ObjectNode workflow = object("the workflow as a map", List.of("name", "trigger", "steps"));
        Fields.of(workflow)
                .set(
                        "name",
                        ref("workflow_name"),
                        "The name by which this company knows the workflow, such as purchase-order-approval. Saving under a"
                                + " name that exists makes its next version.")
                .set("description", description(), "What the workflow is for, in a sentence that people read in lists.")
                .set(
                        "version",
                        type("a whole number", "integer"),
                        "Shown only: the server counts the versions of a name itself.")
                .set(
                        "enabled",
                        type("true or false", "boolean"),
                        "Whether the workflow is live once it is saved. Without it, saving keeps the state of what it replaces;"
                                + " false saves a draft.")
                .set("trigger", ref("trigger"), "What starts the workflow: an event, a schedule or a person.")
                .set(
                        "concurrency",
                        ref("concurrency"),
                        "At most one running execution for each key, such as one for each supplier.")
                .set(
                        "steps",
                        list(ref("step"), "a list of 1 to 500 steps")
                                .put("minItems", 1)
                                .put("maxItems", MAX_STEPS),
                        "What is done. The order of the list does not matter: depends_on says what comes after what.")
                .set(
                        "on_failure",
                        ref("handlers"),
                        "Runs once when the execution fails, such as telling Accounts. Its own failure is recorded and ends"
                                + " there.");
        return workflow;
    }

    static ObjectNode description() {
        return text("a description of at most 2000 characters").put("maxLength", 2000);
    }

    private static ObjectNode trigger() {
        ObjectNode trigger = object("a trigger with exactly one of event, schedule or manual", List.of());
        Fields fields = Fields.of(trigger);
        fields.set(
                        "event",
                        oneOrList(ref("event_name"), "the name of an event, or a list of names"),
                        "Starts on this event, such as purchase_order.created. With a list, any of them starts it, and only the"
                                + " fields common to all can be used.")
                .set(
                        "condition",
                        ref("expression"),
                        "Starts only if this holds, such as trigger.total_amount > 500000. It sees the event as 'trigger'.");
        scheduleAndManual(fields);
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

    private static void scheduleAndManual(Fields fields) {
        ObjectNode schedule = text("a cron expression such as '0 9 15 * *'");
        schedule.putArray("examples").add("0 9 15 * *").add("30 18 L * *").add("*/15 9-17 * * 1-5");
        ObjectNode zone = text("a time zone such as Asia/Kolkata");
        zone.putArray("examples").add("Asia/Kolkata").add("Europe/London").add("UTC");
        ObjectNode manual = NODES.objectNode().put("title", "true");
        manual.putArray("enum").add(true);
        fields.set(
                        "schedule",
                        schedule,
                        "Starts by the clock: minute, hour, day, month, weekday; with six fields seconds come first. L is the"
                                + " last day of the month: '0 9 15 * *' is nine o'clock on every 15th.")
                .set("timezone", zone, "The zone of the schedule, such as Asia/Kolkata; without it the company's own.")
                .set(
                        "catch_up",
                        words("none, last or all", "none", "last", "all").put("default", "last"),
                        "What becomes of starts that were missed while the engine was down: none of them, the last, or all.")
                .set(
                        "manual",
                        manual,
                        "Starts when a person, or a program in a person's name, starts it. Write 'manual: true'.")
                .set(
                        "inputs",
                        ref("inputs"),
                        "A JSON Schema of what the person must give, such as { type: object, properties: { month: { type:"
                                + " string } } }; seen as 'trigger'.");
    }

    private static ObjectNode concurrency() {
        ObjectNode concurrency = object("a map with key and on_conflict", List.of("key"));
        Fields.of(concurrency)
                .set(
                        "key",
                        text("a template such as \"{{ trigger.id }}\"").put("minLength", 1),
                        "Executions with the same key do not run at the same time, such as \"{{ trigger.supplier_id }}\".")
                .set(
                        "on_conflict",
                        words("skip or queue", "skip", "queue").put("default", "skip"),
                        "When one with the same key runs: skip does not start another, queue starts it afterwards.");
        return concurrency;
    }
}
