package dev.millrace.language.check;

import dev.millrace.language.Expression;
import dev.millrace.language.typing.Fields;
import dev.millrace.language.typing.Type;
import dev.millrace.language.typing.TypeScope;
import dev.millrace.language.typing.Types;
import dev.millrace.language.typing.Typing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The static types of a tree of values with templates in it, once it is rendered.
 *
 * @param expressions by the path of their text, as {@link dev.millrace.language.Template} tells it
 */
record TreeTypes(Map<String, Expression> expressions, TypeScope scope) {

    Type of(JsonNode node, String path) {
        return switch (node.getNodeType()) {
            case STRING -> text(node.stringValue(), path);
            case OBJECT -> {
                Map<String, Type> types = new LinkedHashMap<>();
                node.properties()
                        .forEach(field -> types.put(field.getKey(), of(field.getValue(), path + "." + field.getKey())));
                yield new Type.Mapping(Fields.of(types, false));
            }
            case ARRAY -> {
                Optional<Type> item = Optional.empty();
                int index = 0;
                for (JsonNode each : node) {
                    Type type = of(each, path + "[" + index++ + "]");
                    item = item.map(type::or).or(() -> Optional.of(type));
                }
                yield new Type.Items(item.orElse(Types.ANY));
            }
            case NUMBER, BOOLEAN, NULL, MISSING, BINARY, POJO -> Typing.constant(node);
        };
    }

    private Type text(String text, String path) {
        if (!TemplateReader.isTemplate(text)) {
            return Types.literal(text);
        }
        boolean alone = PlacedExpression.isAlone(text) && expressions.containsKey(path);
        return alone
                ? Optional.ofNullable(expressions.get(path))
                        .map(expression -> Typing.of(expression, scope).type())
                        .orElse(Types.ANY)
                : Types.TEXT;
    }
}
