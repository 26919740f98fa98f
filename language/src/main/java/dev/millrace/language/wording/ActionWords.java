package dev.millrace.language.wording;

import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Shape;
import dev.millrace.language.Template;
import dev.millrace.language.ValueType.Scalar;
import dev.millrace.language.expression.NodePath;
import dev.millrace.language.wording.Phrase.Detail;
import dev.millrace.language.words.ExpressionWords;
import dev.millrace.language.words.Messages;
import dev.millrace.language.words.TextWords;
import dev.millrace.language.words.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * One use of an action in words.
 *
 * <p>The phrase comes from {@code action.<name>}, or from {@code action.<name>.<field>.<value>} where a field with a
 * written value decides what is done. Fields without a place in it become details.
 */
final class ActionWords {
    private final String action;
    private final JsonNode config;
    private final Catalogue catalogue;
    private final ExpressionWords words;
    private final Messages messages;
    private final ConfigWords fields;
    private final Set<String> said = new HashSet<>();

    ActionWords(
            String action,
            Template config,
            Catalogue catalogue,
            ExpressionWords words,
            Function<Shape, ExpressionWords> contextOf) {
        this.action = action;
        this.config = config.source();
        this.catalogue = catalogue;
        this.words = words;
        this.messages = words.messages();
        Shape shape = type().map(ActionType::config).orElse(Shape.FREE);
        this.fields = new ConfigWords(this.config, shape, catalogue, words, contextOf);
    }

    private Optional<ActionType> type() {
        return Optional.ofNullable(catalogue.actions().get(action));
    }

    Optional<String> field(String name) {
        return fields.field(name);
    }

    Phrase phrase() {
        String pattern = chosen().or(() -> messages.pattern("action." + action)).orElse("");
        String phrase = pattern.isEmpty() ? described() : Messages.fill(pattern, fields::field);
        said.addAll(Messages.placesOf(pattern));
        if (said.contains("entities") || isTold("entity_id")) {
            said.addAll(Set.of("entity", "entity_type"));
        }
        return new Phrase(phrase, details(), Certainty.of(action, config, catalogue));
    }

    private boolean isTold(String name) {
        return config.has(name) && !isUnderstood(name, config.path(name));
    }

    /** The first field with a written value for which there is a phrase of its own. */
    private Optional<String> chosen() {
        for (Map.Entry<String, JsonNode> field : config.properties()) {
            String value =
                    field.getValue().isContainer() ? "" : field.getValue().asString("");
            Optional<String> found = messages.pattern("action." + action + "." + field.getKey() + "." + value);
            if (found.isPresent()) {
                said.add(field.getKey());
                return found;
            }
        }
        return Optional.empty();
    }

    private String described() {
        String description = type().map(ActionType::description).orElse("").strip();
        if (description.isEmpty()) {
            return messages.say("action.unknown", action);
        }
        String first = description.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + description.substring(1);
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    private List<Detail> details() {
        List<Detail> details = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : config.properties()) {
            String name = field.getKey();
            if (!said.contains(name) && !field.getValue().isNull() && !isUnderstood(name, field.getValue())) {
                details(name, field.getValue()).ifPresent(details::add);
            }
        }
        return details;
    }

    /** Which document it is about goes without saying where it is the one that started it. */
    private boolean isUnderstood(String name, JsonNode value) {
        boolean identity = fields.type(name).filter(type -> type == Scalar.UUID).isPresent() || name.endsWith("_id");
        if (!value.isString() || !(identity || name.equals("currency"))) {
            return false;
        }
        Optional<List<String>> path = TextWords.alone(value.stringValue())
                .flatMap(ExpressionWords::tree)
                .flatMap(NodePath::of);
        return path.isPresent()
                && path.get().getFirst().equals("trigger")
                && (identity || path.get().getLast().equals("currency"));
    }

    private Optional<Detail> details(String name, JsonNode value) {
        if (name.equals("exclude_users") && action.equals(Types.APPROVAL)) {
            return excluded(value);
        }
        if (value.isObject() || isListOfObjects(value)) {
            String heading = messages.find("detail." + action + "." + name)
                    .orElseGet(() -> messages.say("detail.list", label(name)));
            return Optional.of(new Detail(heading, inner(value)));
        }
        String text = fields.value(name, value);
        return Optional.of(Detail.of(sentence(name, value, text)));
    }

    private String sentence(String name, JsonNode value, String text) {
        String literal = value.isContainer() ? "" : value.asString("");
        String own = "detail." + action + "." + name;
        Optional<String> clause = fields.clause(name, value);
        if (clause.isPresent()) {
            return messages.find(own + ".if", clause.get())
                    .orElseGet(() -> messages.say("detail.if", label(name), clause.get()));
        }
        return messages.find(own + "." + literal, text)
                .or(() -> messages.find(own, text))
                .or(() -> messages.find("detail." + name, text))
                .orElseGet(() -> messages.say("detail", label(name), text));
    }

    /** Whoever is the requester is excluded anyway. */
    private Optional<Detail> excluded(JsonNode users) {
        JsonNode requester = config.path("requester");
        List<String> others = new ArrayList<>();
        for (JsonNode user : users.isArray() ? users.values() : List.of(users)) {
            if (!user.equals(requester)) {
                others.add(fields.value("exclude_users", user));
            }
        }
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(Detail.of(messages.say(
                        "detail.erp.approval.request.exclude_users" + (config.has("requester") ? ".either" : ""),
                        messages.or(others))));
    }

    private String label(String name) {
        return words.names().label(name);
    }

    private static boolean isListOfObjects(JsonNode value) {
        return value.isArray() && !value.isEmpty() && value.values().stream().allMatch(JsonNode::isObject);
    }

    private List<Detail> inner(JsonNode value) {
        List<Detail> inner = new ArrayList<>();
        if (value.isObject()) {
            value.properties()
                    .forEach(entry -> inner.add(Detail.of(messages.say(
                            "detail", label(entry.getKey()), fields.value(entry.getKey(), entry.getValue())))));
            return inner;
        }
        value.values().forEach(row -> inner.add(Detail.of(row(row))));
        return inner;
    }

    private String row(JsonNode row) {
        return row.has("when") && row.has("then")
                ? messages.say(
                        "detail.rule",
                        fields.expression(row.path("when").asString("")),
                        fields.value("then", row.path("then")))
                : Messages.sentence(fields.value("", row));
    }
}
