package dev.millrace.language.expression;

import dev.millrace.language.EvaluationException;
import dev.millrace.language.Expressions.Fault;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.Scope;
import dev.millrace.language.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A tree whose texts are cut into what is written and what is evaluated. Immutable. */
public final class ParsedTemplate implements Template {
    private final JsonNode source;
    private final Part tree;
    private final List<Placed> expressions;

    private ParsedTemplate(JsonNode source, Part tree, List<Placed> expressions) {
        this.source = source;
        this.tree = tree;
        this.expressions = List.copyOf(expressions);
    }

    private sealed interface Part {}

    private record Fixed(JsonNode value) implements Part {}

    private record Text(String path, TemplateText text) implements Part {}

    private record Items(List<Part> items) implements Part {}

    private record Fields(Map<String, Part> fields) implements Part {}

    public static Parsed<Template> of(JsonNode tree, Predicate<String> isExpression) {
        Reader reader = new Reader(isExpression, new ArrayList<>(), new ArrayList<>());
        Part part = reader.read(tree, "");
        return reader.faults().isEmpty()
                ? new Parsed.Good<>(new ParsedTemplate(tree, part, reader.expressions()))
                : new Parsed.Bad<>(reader.faults());
    }

    private record Reader(Predicate<String> isExpression, List<Placed> expressions, List<Fault> faults) {

        Part read(JsonNode node, String path) {
            if (node.isString()) {
                return text(node, path);
            }
            if (node.isArray()) {
                List<Part> items = new ArrayList<>();
                for (JsonNode item : node.values()) {
                    items.add(read(item, path + "[" + items.size() + "]"));
                }
                return items.stream().allMatch(Fixed.class::isInstance) ? new Fixed(node) : new Items(items);
            }
            if (!node.isObject()) {
                return new Fixed(node);
            }
            Map<String, Part> fields = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                String name = field.getKey();
                fields.put(name, read(field.getValue(), path.isEmpty() ? name : path + "." + name));
            }
            return fields.values().stream().allMatch(Fixed.class::isInstance) ? new Fixed(node) : new Fields(fields);
        }

        private Part text(JsonNode node, String path) {
            String text = node.stringValue();
            if (isExpression.test(path)) {
                bare(text, path);
                return new Fixed(node);
            }
            if (TemplateReader.isPlain(text)) {
                return new Fixed(node);
            }
            TemplateText parts = new TemplateText(new TemplateReader(text, path, faults).parts());
            parts.expressions().forEach(expression -> expressions.add(new Placed(path, expression)));
            return new Text(path, parts);
        }

        private void bare(String text, String path) {
            int braces = text.indexOf("{{");
            if (braces >= 0) {
                faults.add(new Fault(
                        SyntaxFault.SYNTAX,
                        path,
                        braces,
                        "Expected an expression without braces, but there is {{; this field is evaluated later, "
                                + "for each row or event, so remove {{ and }}"));
            }
        }
    }

    @Override
    public JsonNode source() {
        return source;
    }

    @Override
    public List<Placed> expressions() {
        return expressions;
    }

    @Override
    public JsonNode render(Scope scope) {
        return new Rendering(scope).render(tree);
    }

    private static final class Rendering {
        private final Scope scope;
        private long characters;

        Rendering(Scope scope) {
            this.scope = scope;
        }

        JsonNode render(Part part) {
            return switch (part) {
                case Fixed fixed -> fixed.value();
                case Text text -> text(text);
                case Items items -> {
                    ArrayNode list = Values.JSON.arrayNode();
                    items.items().forEach(item -> list.add(render(item)));
                    yield list;
                }
                case Fields fields -> {
                    ObjectNode map = Values.map();
                    fields.fields().forEach((name, value) -> map.set(name, render(value)));
                    yield map;
                }
            };
        }

        private JsonNode text(Text text) {
            try {
                JsonNode value = text.text().render(scope);
                characters += value.isString() ? value.stringValue().length() : 0;
                if (characters > Limits.TEMPLATE) {
                    throw new EvaluationException(
                            "template_limit",
                            "Expected at most " + Limits.TEMPLATE + " characters in all texts together, "
                                    + "but there are more; shorten them",
                            0);
                }
                return value;
            } catch (EvaluationException failure) {
                throw new EvaluationException(
                        failure.code(), text.path() + ": " + failure.getMessage(), failure.offset());
            }
        }
    }
}
