package dev.millrace.language.schema;

import static dev.millrace.language.schema.Parts.NODES;
import static dev.millrace.language.schema.Parts.list;
import static dev.millrace.language.schema.Parts.object;
import static dev.millrace.language.schema.Parts.oneOrList;
import static dev.millrace.language.schema.Parts.range;
import static dev.millrace.language.schema.Parts.ref;
import static dev.millrace.language.schema.Parts.type;
import static dev.millrace.language.schema.Parts.words;

import dev.millrace.language.ForEach;
import dev.millrace.language.schema.Parts.Fields;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A step with its retry, its deadlines and what runs when it fails. */
final class StepSchema {
    private static final String ACTION_HELP = "What the step does, such as erp.approval.request.";
    private static final String CONFIG_HELP =
            "What the action needs to know; the action says which fields there are. A text may hold expressions:"
                    + " \"PO {{ trigger.po_number }}\".";

    private StepSchema() {}

    static void addTo(ObjectNode defs) {
        defs.set("step", step());
        defs.set("retry", retry());
        defs.set("handler", handler());
        defs.set("handlers", handlers());
        defs.set("on_error", onError());
        defs.set("handler_block", handlerBlock());
        defs.set("deadline", deadline());
        defs.set("config", type("a map of fields", "object", "null"));
    }

    private static ObjectNode step() {
        ObjectNode step = object("a step as a map", List.of("id", "action"));
        Fields fields = Fields.of(step);
        fields.set(
                        "id",
                        ref("step_id"),
                        "The name of the step, such as finance_head; others refer to it as steps.finance_head.")
                .set("action", ref("action_name"), ACTION_HELP)
                .set("description", DefinitionSchema.description(), "Why the step is there, for people who read it.")
                .set("config", ref("config"), CONFIG_HELP);
        order(fields);
        attempts(fields);
        step.putObject("dependentRequired").putArray("max_parallel").add("for_each");
        return step;
    }

    private static void order(Fields fields) {
        fields.set(
                        "depends_on",
                        oneOrList(ref("step_reference"), "the id of a step, or a list of ids"),
                        "Starts when these steps are over, such as finance_head or [lock, tell_requester]. Without it the step"
                                + " starts with the execution.")
                .set(
                        "condition",
                        ref("expression"),
                        "Runs only if this holds, such as trigger.supplier_email is not none; else the step is skipped.")
                .set(
                        "if_skipped",
                        words("block or pass", "block", "pass").put("default", "block"),
                        "What a false condition means for the steps behind: block skips them too, pass lets them go on.")
                .set(
                        "for_each",
                        type("an expression giving a list", "string", "array"),
                        "Runs once for each item of this list, such as trigger.lines; the config sees it as 'item' and"
                                + " 'item_index'. At most 1,000 items.")
                .set(
                        "max_parallel",
                        range(type("a whole number from 1 to 100", "integer"), 1, 100)
                                .put("default", ForEach.DEFAULT_PARALLEL),
                        "How many items of for_each run at the same time.");
    }

    private static void attempts(Fields fields) {
        fields.set(
                        "timeout",
                        ref("duration"),
                        "How long one attempt may take, such as 30s: at most 20s inside the ERP, 1h outside it. A step that waits"
                                + " for people or events has on_timeout instead.")
                .set(
                        "retry",
                        ref("retry"),
                        "How failed attempts are repeated: 3 attempts if nothing is said, with growing delays.")
                .set(
                        "on_timeout",
                        oneOrList(ref("deadline"), "a map with after and action, or a list of such"),
                        "What happens when nobody answers, such as { after: 24h, action: erp.approval.escalate, config: {"
                                + " to_role: CFO } }. With a list, each 'after' counts from the start of the wait.")
                .set(
                        "on_error",
                        ref("on_error"),
                        "What runs when the step failed for good or was rejected: an action, a list of them, { do: [...], then:"
                                + " continue }, or just 'continue'.");
    }

    private static ObjectNode retry() {
        ObjectNode retry = object("a map with max_attempts, initial_delay, multiplier, max_delay", List.of());
        Fields.of(retry)
                .set(
                        "max_attempts",
                        range(type("a whole number from 1 to 100", "integer"), 1, 100).put("default", 3),
                        "Attempts in all; 1 means that nothing is repeated.")
                .set("initial_delay", ref("duration").put("default", "1s"), "The delay before the second attempt.")
                .set(
                        "multiplier",
                        range(type("a number from 1 to 100", "number"), 1, 100).put("default", 2),
                        "Each delay is this many times the one before.")
                .set("max_delay", ref("duration").put("default", "5m"), "No delay is longer than this.");
        return retry;
    }

    private static ObjectNode handler() {
        ObjectNode handler = object("a map with action and config", List.of("action"));
        Fields.of(handler)
                .set(
                        "action",
                        ref("action_name"),
                        "What is done then, such as erp.notification.send; it may not wait for people.")
                .set("config", ref("config"), CONFIG_HELP);
        return handler;
    }

    private static ObjectNode deadline() {
        ObjectNode deadline = object("a map with after and action", List.of("after", "action"));
        Fields.of(deadline)
                .set("after", ref("duration"), "Counted from the moment the step began to wait, such as 24h.")
                .set("action", ref("action_name"), "What is done then, such as erp.approval.escalate.")
                .set("config", ref("config"), CONFIG_HELP)
                .set(
                        "then",
                        words("fail or continue", "fail", "continue").put("default", "fail"),
                        "After an action other than an escalation: fail ends the wait, continue (a reminder) waits on.");
        return deadline;
    }

    /** {@code {action, config}}, a list, or {@code {do, then}}. */
    private static ObjectNode handlers() {
        ObjectNode handlers = type("a map with action and config, or a list of such", "object", "array");
        handlers.set("if", NODES.objectNode().put("type", "array"));
        handlers.set("then", list(ref("handler"), "a list of actions").put("minItems", 1));
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
        Fields.of(block)
                .set(
                        "do",
                        oneOrList(ref("handler"), "a map with action and config, or a list of such"),
                        "The actions, run in order; the first that fails ends the list.")
                .set(
                        "then",
                        words("stop or continue", "stop", "continue").put("default", "stop"),
                        "What the failure means for the steps behind: stop keeps them from running, continue lets them run"
                                + " with every output none.");
        return block;
    }

    private static ObjectNode hasBlockKey() {
        ObjectNode either = NODES.objectNode();
        var cases = either.putArray("anyOf");
        cases.addObject().putArray("required").add("do");
        cases.addObject().putArray("required").add("then");
        return either;
    }
}
