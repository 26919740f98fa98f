package dev.millrace.language.edit;

import dev.millrace.language.ActionType;
import dev.millrace.language.Edit.Replacement;
import dev.millrace.language.ValueType.Scalar;
import dev.millrace.language.check.ShapeFit;
import dev.millrace.language.expression.StepNames;
import dev.millrace.language.yaml.YamlPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Gives a step another id, wherever it is named. One use. */
final class Renaming {
    private final Working working;
    private final Source source;
    private final Map<String, ActionType> actions;
    private final String id;
    private final String newId;
    private final List<Replacement> replacements = new ArrayList<>();
    private JsonNode expected;

    Renaming(Working working, Map<String, ActionType> actions, String id, String newId) {
        this.working = working;
        this.actions = actions;
        this.id = id;
        this.newId = newId;
        source = working.source();
        expected = working.document();
    }

    void of(Path step) {
        Path workflow = Path.STEPS.parent();
        whole(step.key("id"));
        expression(workflow.key("trigger").key("condition"));
        templates(workflow.key("concurrency").key("key"), Set.of());
        uses(workflow.key("on_failure"));
        int size = Path.STEPS.in(source.document()).size();
        for (int i = 0; i < size; i++) {
            step(Path.STEPS.item(i));
        }
        working.change(replacements, expected, step);
    }

    private void step(Path step) {
        oneOrItems(step.key("depends_on")).forEach(this::whole);
        expression(step.key("condition"));
        expression(step.key("for_each"));
        use(step);
        uses(step.key("on_timeout"));
        uses(step.key("on_error"));
    }

    private void uses(Path handlers) {
        boolean block = handlers.in(source.document()).has("do");
        oneOrItems(block ? handlers.key("do") : handlers).forEach(this::use);
    }

    private void use(Path holder) {
        Path config = holder.key("config");
        String action = holder.key("action").in(source.document()).asString("");
        ActionType type = actions.get(action);
        templates(config, type == null ? Set.of() : expressionFields(config, type));
    }

    private Set<String> expressionFields(Path config, ActionType type) {
        var fields = new HashSet<String>();
        ShapeFit.fit(config.in(source.document()), type.config(), new ShapeFit.Watch() {
            @Override
            public boolean isTemplate(String text) {
                return text.contains("{{");
            }

            @Override
            public void literal(Scalar scalar, String path, String text) {
                if (scalar == Scalar.EXPRESSION) {
                    fields.add(YamlPath.join(config.toString(), path));
                }
            }
        });
        return fields;
    }

    private void templates(Path path, Set<String> expressions) {
        JsonNode node = path.in(source.document());
        if (node.isString()) {
            String text = node.stringValue();
            names(path, expressions.contains(path.toString())
                    ? StepNames.inExpression(text, id)
                    : StepNames.inTemplate(text, id));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                templates(path.item(i), expressions);
            }
        } else {
            node.propertyNames().forEach(name -> templates(path.key(name), expressions));
        }
    }

    private void expression(Path path) {
        JsonNode node = path.in(source.document());
        if (node.isString()) {
            names(path, StepNames.inExpression(node.stringValue(), id));
        }
    }

    private void whole(Path path) {
        JsonNode name = path.in(source.document());
        if (name.isString() && name.stringValue().equals(id)) {
            names(path, List.of(0));
        }
    }

    private void names(Path path, List<Integer> offsets) {
        if (offsets.isEmpty()) {
            return;
        }
        var text = new StringBuilder(path.in(source.document()).stringValue());
        for (int offset : offsets.reversed()) {
            text.replace(offset, offset + id.length(), newId);
        }
        for (int offset : offsets) {
            int at = source.within(path, offset);
            if (!source.text().startsWith(id, at)) {
                throw Refusal.notPossible(path.shown());
            }
            replacements.add(working.replace(at, at + id.length(), newId));
        }
        expected = Trees.set(expected, path, StringNode.valueOf(text.toString()));
    }

    private List<Path> oneOrItems(Path path) {
        JsonNode node = path.in(source.document());
        if (!node.isArray()) {
            return List.of(path);
        }
        var items = new ArrayList<Path>();
        for (int i = 0; i < node.size(); i++) {
            items.add(path.item(i));
        }
        return items;
    }
}
