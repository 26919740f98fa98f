package dev.millrace.language.schema;

import static dev.millrace.language.schema.Parts.NODES;
import static dev.millrace.language.schema.Parts.ref;

import dev.millrace.language.ActionType;
import dev.millrace.language.ActionType.Kind;
import dev.millrace.language.ActionType.Place;
import dev.millrace.language.Catalogue;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of definitions with what one company has: its actions at each place with their configs, its events,
 * roles, members and entities. For editors; the validator asks the catalogue itself, which is faster and says more.
 */
public final class TenantSchema {
    private static final String ACTION_CONFIG = "action_config";

    private TenantSchema() {}

    public static ObjectNode root(Catalogue catalogue) {
        ObjectNode root = DefinitionSchema.root();
        ObjectNode defs = root.withObjectProperty("$defs");
        ScalarSchema.addTo(defs, catalogue);
        defs.set(
                "event_name",
                ScalarSchema.known(
                        "the name of an event (such as purchase_order.created)",
                        catalogue.events().keySet()));
        List<ActionType> actions = catalogue.actions().keySet().stream()
                .sorted()
                .map(catalogue.actions()::get)
                .toList();
        place(defs, "step", actions, action -> action.places().contains(Place.STEP));
        place(defs, "handler", actions, action -> isWithin(action, Place.ON_ERROR));
        place(defs, "deadline", actions, action -> isWithin(action, Place.ON_TIMEOUT));
        defs.withObjectProperty("step").withArrayProperty("allOf").add(waiting(actions));
        defs.set(ACTION_CONFIG, actions.isEmpty() ? NODES.objectNode() : actionConfig(actions));
        actions.forEach(action -> defs.set(config(action), ConfigSchema.of(action.config())));
        return root;
    }

    /** What waits for people or events is a step of its own. */
    private static boolean isWithin(ActionType action, Place place) {
        return action.places().contains(place) && action.kind() != Kind.WAITING;
    }

    private static void place(ObjectNode defs, String holder, List<ActionType> actions, Predicate<ActionType> fits) {
        String name = holder + "_action";
        defs.set(
                name,
                Parts.words(
                        "the name of an action (such as erp.approval.request)",
                        actions.stream().filter(fits).map(ActionType::name).toList()));
        ObjectNode schema = defs.withObjectProperty(holder);
        schema.withObjectProperty("properties").withObjectProperty("action").put("$ref", "#/$defs/" + name);
        schema.putArray("allOf").add(ref(ACTION_CONFIG));
    }

    private static ObjectNode actionConfig(List<ActionType> actions) {
        ObjectNode all = NODES.objectNode();
        ArrayNode cases = all.putArray("allOf");
        for (ActionType action : actions) {
            ObjectNode each = cases.addObject();
            ObjectNode named = each.putObject("if");
            named.putObject("properties").putObject("action").put("const", action.name());
            named.putArray("required").add("action");
            ObjectNode then = each.putObject("then");
            ObjectNode fields = then.putObject("properties");
            fields.putObject("action").put("description", help(action));
            fields.set("config", ref(config(action)));
            if (ConfigSchema.isNeeded(action.config())) {
                then.putArray("required").add("config");
            }
        }
        return all;
    }

    private static String config(ActionType action) {
        return "config." + action.name();
    }

    private static String help(ActionType action) {
        String what = action.description().strip();
        String ended = what.isEmpty() || what.endsWith(".") ? what : what + ".";
        String how = switch (action.kind()) {
            case LOCAL -> "Takes effect exactly once.";
            case EXTERNAL -> "Calls another system: at least once, told apart by a key.";
            case WAITING -> "Waits; on_timeout says what happens when nothing comes.";
        };
        return (ended + " " + how).strip();
    }

    private static ObjectNode waiting(List<ActionType> actions) {
        ObjectNode step = NODES.objectNode();
        ObjectNode named = step.putObject("if");
        ArrayNode names = named.putObject("properties").putObject("action").putArray("enum");
        actions.stream().filter(a -> a.kind() == Kind.WAITING).map(ActionType::name).forEach(names::add);
        named.putArray("required").add("action");
        step.putObject("then")
                .putObject("properties")
                .set("timeout", never("A step that waits for people or events has on_timeout, not timeout."));
        step.putObject("else")
                .putObject("properties")
                .set("on_timeout", never("Only a step that waits for people or events has on_timeout."));
        return step;
    }

    private static ObjectNode never(String why) {
        ObjectNode never = NODES.objectNode().put("description", why);
        never.putObject("not");
        return never;
    }
}
