package dev.millrace.language.wording;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Durations;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import dev.millrace.language.Expression;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Scalar;
import dev.millrace.language.expression.NodePath;
import dev.millrace.language.words.ExpressionWords;
import dev.millrace.language.words.Measure;
import dev.millrace.language.words.Messages;
import dev.millrace.language.words.TextWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The fields of one config, each as words that fit into a sentence. */
final class ConfigWords {
    private static final Pattern DAY = Pattern.compile("(business )?day (\\d+) (\\d{1,2}:\\d{2})");

    private final JsonNode config;
    private final Shape shape;
    private final ExpressionWords words;
    private final TextWords texts;
    private final ExpressionWords each;
    private final Messages messages;

    /** @param contextOf words for expressions that are asked of each row or event of a shape */
    ConfigWords(
            JsonNode config,
            Shape shape,
            Catalogue catalogue,
            ExpressionWords words,
            Function<Shape, ExpressionWords> contextOf) {
        this.config = config;
        this.shape = shape;
        this.words = words;
        this.texts = new TextWords(words);
        this.messages = words.messages();
        this.each = contextOf.apply(rows(config, catalogue));
    }

    private static Shape rows(JsonNode config, Catalogue catalogue) {
        String entity = config.path("entity").asString("");
        String event = config.path("event").asString("");
        return Optional.ofNullable(catalogue.entities().get(entity))
                .map(EntityType::fields)
                .or(() -> Optional.ofNullable(catalogue.events().get(event)).map(EventType::payload))
                .orElse(Shape.FREE);
    }

    Optional<ValueType> type(String field) {
        return shape.field(field).map(found -> found.type());
    }

    /** Words for a field that is given; a list becomes one enumeration. */
    Optional<String> field(String name) {
        if (name.equals("entities")) {
            return Optional.of(words.names().entities(config.path("entity").asString("")));
        }
        JsonNode value = config.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        return Optional.of(
                name.equals("to") ? recipient(value).orElseGet(() -> value(name, value)) : value(name, value));
    }

    /** Who has the address: an e-mail to the supplier, not to the supplier's e-mail address. */
    private Optional<String> recipient(JsonNode address) {
        Optional<List<String>> path = address.isString()
                ? TextWords.alone(address.stringValue())
                        .flatMap(ExpressionWords::tree)
                        .flatMap(NodePath::of)
                : Optional.empty();
        List<String> roots = List.of("trigger", "item");
        if (path.isEmpty()
                || path.get().size() != 2
                || !roots.contains(path.get().getFirst())) {
            return Optional.empty();
        }
        if (path.get().getFirst().equals("item")) {
            return Optional.of(messages.say("recipient.item"));
        }
        String field = path.get().getLast();
        if (field.equals("email")) {
            return words.types()
                    .document()
                    .map(document -> messages.say("recipient", words.names().entity(document)));
        }
        return field.matches(".+_(email|phone)")
                ? Optional.of(recipient(field.substring(0, field.lastIndexOf('_'))))
                : Optional.empty();
    }

    private String recipient(String who) {
        return messages.find("recipient." + who)
                .orElseGet(() -> messages.say("recipient", words.names().plain(who)));
    }

    String value(String name, JsonNode value) {
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(value(name, item)));
            return messages.and(items);
        }
        if (value.isObject()) {
            List<String> entries = new ArrayList<>();
            value.properties()
                    .forEach(entry -> entries.add(messages.say(
                            "detail.inline",
                            words.names().field(entry.getKey()),
                            value(entry.getKey(), entry.getValue()))));
            return String.join(messages.say("list.comma"), entries);
        }
        return value.isString()
                ? text(name, value.stringValue())
                : words.literals().of(value, measure(name));
    }

    private Measure measure(String name) {
        return Measure.of(name, type(name));
    }

    private String text(String name, String text) {
        ValueType type = type(name).orElse(Scalar.ANY);
        if (type == Scalar.EXPRESSION) {
            return expression(text);
        }
        if (text.contains("{{")) {
            return texts.of(text);
        }
        return typed(type, name, text).or(() -> special(name, text)).orElseGet(() -> texts.of(text));
    }

    /** Names of the tenant and durations, which the type tells. */
    private Optional<String> typed(ValueType type, String name, String text) {
        if (type instanceof ValueType.Choice) {
            return Optional.of(words.names().plain(text));
        }
        if (!(type instanceof Scalar scalar)) {
            return Optional.empty();
        }
        return switch (scalar) {
            case ROLE -> Optional.of(words.names().role(text));
            case ENTITY -> Optional.of(words.names().entity(text));
            case EVENT -> Optional.of(words.names().event(text));
            case DURATION -> duration(text);
            case DECIMAL -> number(text).map(n -> words.literals().number(n, measure(name)));
            case DATE, DATETIME ->
                Optional.of(words.literals().of(tools.jackson.databind.node.StringNode.valueOf(text), Measure.DATE));
            case ANY, STRING, INTEGER, BOOLEAN, UUID, CURRENCY, EXPRESSION, MEMBER -> Optional.empty();
        };
    }

    private static Optional<java.math.BigDecimal> number(String text) {
        try {
            return Optional.of(new java.math.BigDecimal(text));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    /** Days that are written as days stay days. */
    private Optional<String> duration(String text) {
        boolean days = text.matches("[1-9]\\d{0,3}d");
        return days
                ? Optional.of(messages.count("duration.days", Long.parseLong(text.substring(0, text.length() - 1))))
                : Durations.parse(text).map(words.literals()::duration);
    }

    private Optional<String> special(String name, String text) {
        Matcher day = DAY.matcher(text);
        if (name.equals("until_day") && day.matches()) {
            String kind = day.group(1) == null ? "value.until_day" : "value.until_business_day";
            return Optional.of(messages.say(kind, day.group(3), day.group(2)));
        }
        if (name.equals("order_by")) {
            boolean down = text.startsWith("-");
            String field = words.names().field(down ? text.substring(1) : text);
            return Optional.of(messages.say(down ? "value.order.down" : "value.order.up", field));
        }
        if (name.equals("entity") || name.endsWith("entity_type") || name.equals("document_type")) {
            return Optional.of(words.names().entity(text));
        }
        return name.equals("role") || name.equals("to_role")
                ? Optional.of(words.names().role(text))
                : Optional.empty();
    }

    /** For a field that is yes or no: the clause on which it depends. */
    Optional<String> clause(String name, JsonNode value) {
        boolean asks = value.isString()
                && type(name).filter(type -> type == Scalar.BOOLEAN).isPresent();
        return asks ? TextWords.alone(value.stringValue()).map(words::condition) : Optional.empty();
    }

    String expression(String text) {
        return switch (Expressions.expression(text)) {
            case Parsed.Good<Expression> good -> each.condition(good.value());
            case Parsed.Bad<Expression> bad -> messages.say("clause.formula", text);
        };
    }
}
