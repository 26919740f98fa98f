package dev.millrace.language.check;

import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import dev.millrace.language.Expression;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.Template;
import dev.millrace.language.ValueType.Scalar;
import dev.millrace.language.check.Outline.ActionUse;
import dev.millrace.language.typing.Declared;
import dev.millrace.language.typing.Fields;
import dev.millrace.language.typing.Type;
import dev.millrace.language.typing.TypeScope;
import dev.millrace.language.typing.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What one run of an action gives, where its config says more than its shape: the rows of the entity that it names, the
 * payload of the event, the values that it sets.
 */
final class OutputTypes {
    private final Catalogue catalogue;
    private final IdentityHashMap<Shape, Type> declared = new IdentityHashMap<>();
    private final IdentityHashMap<Shape, Type> documents = new IdentityHashMap<>();

    OutputTypes(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    Type of(ActionUse use, TypeScope scope) {
        if (use.type().isEmpty()) {
            return new Type.Mapping(Fields.open());
        }
        ActionType type = use.type().get();
        return switch (type.name()) {
            case "erp.query.list" -> list(use, type);
            case "erp.query.get" -> entity(use).orElseGet(() -> output(type));
            case "core.wait_for_event" -> payload(use, type);
            case "core.set" -> values(use, scope);
            case "core.decide" -> rules(use, scope);
            case "erp.webhook.post" -> answer(use, type);
            default -> output(type);
        };
    }

    private Type output(ActionType type) {
        return declared.computeIfAbsent(type.output(), Declared.NORMALISED::output);
    }

    private Type document(Shape shape) {
        return documents.computeIfAbsent(shape, Declared.NORMALISED::document);
    }

    /** Of {@code row}: the entity that the config names. */
    Optional<Type> entity(ActionUse use) {
        return named(use, Scalar.ENTITY)
                .map(catalogue.entities()::get)
                .map(EntityType::fields)
                .map(this::document);
    }

    /** Of {@code event}: the payload of the event that the config names. */
    Optional<Type> event(ActionUse use) {
        return named(use, Scalar.EVENT)
                .map(catalogue.events()::get)
                .map(EventType::payload)
                .map(this::document);
    }

    /** True: the config has a field that names such a thing. */
    static boolean names(ActionUse use, Scalar kind) {
        return use.type().stream()
                .flatMap(type -> type.config().fields().stream())
                .anyMatch(field -> field.type() == kind);
    }

    private static Optional<String> named(ActionUse use, Scalar kind) {
        return use.type().stream()
                .flatMap(type -> type.config().fields().stream())
                .filter(field -> field.type() == kind)
                .map(Field::name)
                .flatMap(name -> use.config().key(name).text().stream())
                .filter(text -> !TemplateReader.isTemplate(text))
                .findFirst();
    }

    private Type list(ActionUse use, ActionType type) {
        Type.Mapping output = (Type.Mapping) output(type);
        return entity(use)
                .<Type>map(row -> new Type.Mapping(Fields.with(
                        output.fields(),
                        "items",
                        new Type.Items(chosen(use.config().key("fields"), row)))))
                .orElse(output);
    }

    /** Only the fields asked for. */
    private static Type chosen(Spot wanted, Type row) {
        List<Spot> names = wanted.oneOrItems();
        boolean known = row instanceof Type.Mapping
                && !names.isEmpty()
                && names.stream()
                        .allMatch(name -> name.text()
                                .filter(text -> !TemplateReader.isTemplate(text))
                                .isPresent());
        if (!known) {
            return row;
        }
        Fields all = ((Type.Mapping) row).fields();
        Map<String, Type> types = new LinkedHashMap<>();
        names.forEach(name ->
                name.text().ifPresent(text -> types.put(text, all.get(text).orElse(Types.ANY))));
        return new Type.Mapping(Fields.of(types, false));
    }

    private Type payload(ActionUse use, ActionType type) {
        Type.Mapping output = (Type.Mapping) output(type);
        return event(use)
                .<Type>map(payload -> new Type.Mapping(Fields.with(output.fields(), "payload", payload)))
                .orElse(output);
    }

    /** The schema that an answer must fit. */
    private Type answer(ActionUse use, ActionType type) {
        Type.Mapping output = (Type.Mapping) output(type);
        Spot schema = use.config().key("response_schema");
        if (!schema.key("type").is("object")) {
            return output;
        }
        Type body = Declared.AS_GIVEN.output(InputShapes.object(schema.node()));
        return new Type.Mapping(Fields.with(output.fields(), "body", body));
    }

    private static Type values(ActionUse use, TypeScope scope) {
        return tree(use, "values", use.config().key("values").node(), scope);
    }

    private static Type rules(ActionUse use, TypeScope scope) {
        List<Type.Mapping> outcomes = new ArrayList<>();
        int index = 0;
        for (Spot rule : use.config().key("rules").items()) {
            String path = "rules[" + index++ + "].then";
            if (tree(use, path, rule.key("then").node(), scope) instanceof Type.Mapping map) {
                outcomes.add(map);
            }
        }
        if (tree(use, "otherwise", use.config().key("otherwise").node(), scope) instanceof Type.Mapping map) {
            outcomes.add(map);
        }
        Fields keys = outcomes.stream()
                .map(Type.Mapping::fields)
                .reduce(Fields::common)
                .orElseGet(Fields::open);
        return new Type.Mapping(Fields.with(keys, "row", Types.WHOLE));
    }

    /** What the values under a key of the config become when they are rendered. */
    private static Type tree(ActionUse use, String path, JsonNode node, TypeScope scope) {
        Map<String, Expression> expressions = new HashMap<>();
        use.template()
                .map(Template::expressions)
                .ifPresent(placed -> placed.stream()
                        .filter(each -> each.path().startsWith(path))
                        .forEach(each -> expressions.put(each.path(), each.expression())));
        return new TreeTypes(expressions, scope).of(node, path);
    }
}
