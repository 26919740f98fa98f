package dev.millrace.language.schema;

import static dev.millrace.language.schema.Parts.NODES;
import static dev.millrace.language.schema.Parts.ref;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Durations;
import dev.millrace.language.ValueType.Scalar;
import java.util.Collection;
import java.util.Currency;
import java.util.EnumSet;
import java.util.Locale;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** One definition for each type of value, shared by all configs; it accepts a template in place of every value. */
final class ScalarSchema {
    static final String TEMPLATE = "template";
    static final String TEMPLATE_OR_NULL = "template_or_null";

    /** Beyond it a list of members would outgrow the rest of the schema; the validator knows them all the same. */
    static final int MAX_MEMBERS = 500;

    /** E-mails are compared without case, which an enum cannot: whatever is not plainly lower case is accepted here. */
    private static final String NOT_LOWER_CASE = "[^a-z0-9@._+-]";

    private ScalarSchema() {}

    static void addTo(ObjectNode defs, Catalogue catalogue) {
        defs.set(TEMPLATE, NODES.objectNode().put("type", "string").put("pattern", Forms.TEMPLATE));
        ObjectNode orNull = NODES.objectNode();
        orNull.putArray("type").add("string").add("null");
        defs.set(TEMPLATE_OR_NULL, orNull.put("pattern", Forms.TEMPLATE));
        EnumSet.complementOf(EnumSet.of(Scalar.ANY, Scalar.STRING, Scalar.EXPRESSION))
                .forEach(type -> defs.set(name(type), orTemplate(strict(type, catalogue))));
        defs.set(name(Scalar.EXPRESSION), expression());
    }

    static ObjectNode use(Scalar type) {
        return switch (type) {
            case ANY -> NODES.objectNode();
            case STRING -> Parts.text(TypeNames.of(type));
            case INTEGER, DECIMAL, BOOLEAN, UUID, DATE, DATETIME, DURATION, CURRENCY, EXPRESSION, ROLE, MEMBER, EVENT, ENTITY ->
                ref(name(type));
        };
    }

    static ObjectNode orTemplate(ObjectNode schema) {
        ObjectNode either = NODES.objectNode();
        either.set("if", ref(TEMPLATE));
        either.set("else", schema);
        return either;
    }

    private static String name(Scalar type) {
        return "a_" + type.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode strict(Scalar type, Catalogue catalogue) {
        String title = TypeNames.of(type);
        return switch (type) {
            case ANY -> NODES.objectNode();
            case STRING, EXPRESSION -> Parts.text(title);
            case INTEGER -> Parts.type(title, "integer");
            case BOOLEAN -> Parts.type(title, "boolean");
            case DECIMAL -> Parts.type(title, "number", "string")
                    .put("pattern", Forms.DECIMAL)
                    .put("maxLength", Forms.MAX_DIGITS);
            case UUID -> Parts.pattern(Forms.UUID, title).put("format", "uuid");
            case DATE -> Parts.pattern(Forms.DATE, title).put("format", "date");
            case DATETIME -> Parts.pattern(Forms.DATETIME, title).put("format", "date-time");
            case DURATION -> Parts.pattern(Durations.PATTERN, title);
            case CURRENCY -> Parts.words(title, currencies());
            case ROLE -> known("a role of this company", catalogue.roles().keySet());
            case MEMBER -> member(title, catalogue.members());
            case EVENT -> known(title, catalogue.events().keySet());
            case ENTITY -> known(title, catalogue.entities().keySet());
        };
    }

    /** Sorted: the schema is the same, byte for byte, whenever it is made. */
    static ObjectNode known(String title, Collection<String> names) {
        return Parts.words(title, new TreeSet<>(names));
    }

    private static ObjectNode member(String title, Collection<String> members) {
        ObjectNode member = Parts.pattern(Forms.NOT_BLANK, title);
        if (members.size() <= MAX_MEMBERS) {
            member.putObject("if").put("pattern", NOT_LOWER_CASE);
            member.set("else", known(title, members));
        }
        return member;
    }

    private static ObjectNode expression() {
        ObjectNode expression = Parts.pattern(Forms.NOT_BLANK, TypeNames.of(Scalar.EXPRESSION));
        expression.putObject("not").put("pattern", "\\{\\{");
        return expression;
    }

    private static Collection<String> currencies() {
        var codes = new TreeSet<String>();
        Currency.getAvailableCurrencies().forEach(currency -> codes.add(currency.getCurrencyCode()));
        return codes;
    }
}
