package dev.millrace.erp.query;

import dev.millrace.engine.Json;
import dev.millrace.language.Expression;
import dev.millrace.language.Field;
import dev.millrace.language.RowFilter;
import dev.millrace.language.RowFilter.Relation;
import dev.millrace.language.RowFilter.Side;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Scalar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;

/**
 * A filter as SQL over the columns of a {@link dev.millrace.erp.core.ReadableEntity}: it holds for the rows for which the
 * expression holds. Names are those of declared fields; whatever is compared with is bound, never written into the text.
 * Where a row lacks a value that an order or a text is asked of, the expression would fail: such a row is left out.
 */
final class FilterText {
    /** The first day of the first year: the database knows no year 0. */
    private static final String FIRST = "0001-01-01";

    /** Of {@code add_days}, as the language has it. */
    private static final BigDecimal DAYS_MOST = BigDecimal.valueOf(100_000);

    private final Shape fields;
    private final Function<Expression, JsonNode> values;
    private final ZoneId zone;
    private final LocalDate today;
    private final Map<String, Object> bindings = new LinkedHashMap<>();

    /**
     * @param values what an expression that does not depend on the row comes to
     * @param zone the company's
     */
    FilterText(Shape fields, Function<Expression, JsonNode> values, ZoneId zone, LocalDate today) {
        this.fields = fields;
        this.values = values;
        this.zone = zone;
        this.today = today;
    }

    /** The filter cannot be put to the database. */
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unfit(String message) {
            super(message, null, false, false);
        }
    }

    /** How values compare. */
    private enum Kind {
        NUMBER,
        BOOLEAN,
        TEXT,
        ID,
        DATE,
        INSTANT
    }

    /** An SQL expression that is null where the row has no value. */
    private record Column(String sql, Kind kind) {
        /** As the expression sees it: dates, instants and ids are texts. */
        String asText() {
            return switch (kind) {
                case DATE -> "to_char(" + sql + ", 'YYYY-MM-DD')";
                case INSTANT -> "to_char(" + sql + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
                case ID -> sql + "::text";
                case NUMBER, BOOLEAN, TEXT -> sql;
            };
        }

        boolean isText() {
            return kind != Kind.NUMBER && kind != Kind.BOOLEAN;
        }
    }

    /** What the text refers to: by name, a number, a text, a truth value or an array of texts or numbers. */
    Map<String, Object> bindings() {
        return bindings;
    }

    /**
     * @throws Unfit it asks what the rows do not have, or compares what cannot be compared
     */
    String of(RowFilter filter) {
        return switch (filter) {
            case RowFilter.Every every ->
                every.parts().stream().map(this::of).collect(Collectors.joining(" and ", "(", ")"));
            case RowFilter.Either either -> "(" + of(either.left()) + " or " + of(either.right()) + ")";
            case RowFilter.Not not -> "(not " + of(not.part()) + ")";
            case RowFilter.Absent absent -> absent(absent.side());
            case RowFilter.Holds holds -> holds(holds.side());
            case RowFilter.Within within -> within(within.item(), within.container());
            case RowFilter.Compared compared -> compared(compared.left(), compared.relation(), compared.right());
        };
    }

    private String absent(Side side) {
        return side instanceof Side.Value value
                ? truth(evaluate(value).isNull())
                : "(" + column(side).sql() + " is null)";
    }

    private String holds(Side side) {
        if (side instanceof Side.Value value) {
            return truth(isTrue(evaluate(value)));
        }
        Column column = column(side);
        return switch (column.kind()) {
            case BOOLEAN -> "coalesce(" + column.sql() + ", false)";
            case NUMBER -> "coalesce(" + column.sql() + " <> 0, false)";
            case TEXT -> "coalesce(" + column.sql() + " <> '', false)";
            case ID, DATE, INSTANT -> "(" + column.sql() + " is not null)";
        };
    }

    private String compared(Side left, Relation relation, Side right) {
        if (left instanceof Side.Value value) {
            return with(column(right), relation.flipped(), evaluate(value));
        }
        if (right instanceof Side.Value value) {
            return with(column(left), relation, evaluate(value));
        }
        return with(column(left), relation, column(right));
    }

    private static String with(Column left, Relation relation, Column right) {
        boolean alike = left.kind() == right.kind();
        if (!alike && !(left.isText() && right.isText())) {
            if (relation == Relation.EQUAL) {
                return "(" + left.sql() + " is null and " + right.sql() + " is null)";
            }
            throw incomparable(relation);
        }
        if (relation == Relation.EQUAL) {
            return alike
                    ? "(" + left.sql() + " is not distinct from " + right.sql() + ")"
                    : "(" + left.asText() + " is not distinct from " + right.asText() + ")";
        }
        boolean asTexts = !alike || left.kind() == Kind.TEXT || left.kind() == Kind.ID;
        return asTexts
                ? "(" + ordered(left.asText()) + " " + relation.sign() + " " + right.asText() + ")"
                : "(" + left.sql() + " " + relation.sign() + " " + right.sql() + ")";
    }

    private String with(Column column, Relation relation, JsonNode value) {
        if (value.isNull()) {
            if (relation == Relation.EQUAL) {
                return "(" + column.sql() + " is null)";
            }
            throw incomparable(relation);
        }
        if (!comparable(column, value)) {
            if (relation == Relation.EQUAL) {
                return truth(false);
            }
            throw incomparable(relation);
        }
        String compared = switch (column.kind()) {
            case NUMBER -> column.sql() + " " + relation.sign() + " " + bind(value.decimalValue());
            case BOOLEAN -> column.sql() + " " + relation.sign() + " " + bind(value.booleanValue());
            case TEXT -> textual(column.sql(), relation, text(value));
            case ID -> id(column, relation, text(value));
            case DATE -> dated(column, relation, text(value), isDate(text(value)), "date");
            case INSTANT -> dated(column, relation, text(value), isInstant(text(value)), "timestamptz");
        };
        return relation == Relation.EQUAL
                ? "(" + column.sql() + " is not null and " + compared + ")"
                : "(" + compared + ")";
    }

    /** Natively where the text is what a column of the type would show, so that an index can serve. */
    private String dated(Column column, Relation relation, String text, boolean canonical, String type) {
        return canonical
                ? column.sql() + " " + relation.sign() + " cast(" + bind(text) + " as " + type + ")"
                : textual(column.asText(), relation, text);
    }

    private String id(Column column, Relation relation, String text) {
        return relation == Relation.EQUAL && isId(text)
                ? column.sql() + " = cast(" + bind(text) + " as uuid)"
                : textual(column.asText(), relation, text);
    }

    private String textual(String sql, Relation relation, String text) {
        return (relation == Relation.EQUAL ? sql : ordered(sql)) + " " + relation.sign() + " " + bind(text);
    }

    /** By code point, as expressions order texts. */
    private static String ordered(String sql) {
        return sql + " collate \"C\"";
    }

    private String within(Side item, Side container) {
        if (item instanceof Side.Value part && container instanceof Side.Column) {
            Column column = column(container);
            JsonNode wanted = evaluate(part);
            if (column.kind() != Kind.TEXT || !wanted.isString()) {
                throw new Unfit("Expected a text on both sides of 'in', or a list behind it");
            }
            return "(strpos(" + column.sql() + ", " + bind(text(wanted)) + ") > 0)";
        }
        if (!(container instanceof Side.Value list) || item instanceof Side.Value) {
            throw new Unfit(
                    "Expected a list that does not depend on the row behind 'in', as in row.status in ['open']");
        }
        JsonNode listed = evaluate(list);
        if (!listed.isArray()) {
            throw new Unfit(
                    "Expected a list behind 'in', but got " + words(listed) + ": put [ ] around a single value");
        }
        return oneOf(column(item), listed);
    }

    private String oneOf(Column column, JsonNode listed) {
        var wanted = new ArrayList<JsonNode>();
        boolean none = false;
        for (JsonNode each : listed.values()) {
            none |= each.isNull();
            if (comparable(column, each)) {
                wanted.add(each);
            }
        }
        String found = wanted.isEmpty()
                ? truth(false)
                : "(" + column.sql() + " is not null and " + column.asText() + " = any(" + bind(array(column, wanted))
                        + "))";
        return none ? "(" + column.sql() + " is null or " + found + ")" : found;
    }

    private static Object array(Column column, List<JsonNode> wanted) {
        return switch (column.kind()) {
            case NUMBER -> wanted.stream().map(JsonNode::decimalValue).toArray(BigDecimal[]::new);
            case BOOLEAN -> wanted.stream().map(JsonNode::booleanValue).toArray(Boolean[]::new);
            case TEXT, ID, DATE, INSTANT ->
                wanted.stream().map(FilterText::text).toArray(String[]::new);
        };
    }

    private Column column(Side side) {
        return switch (side) {
            case Side.Column named -> column(named.field());
            case Side.DaysLater later -> later(column(later.field()), later);
            case Side.DaysUntil until -> until(column(until.field()), until.field());
            case Side.Value value -> throw new Unfit("Expected a field of the row in each comparison");
        };
    }

    private Column column(String name) {
        Field field = fields.field(name)
                .orElseThrow(() -> new Unfit("Expected one of the fields "
                        + fields.fields().stream().map(Field::name).collect(Collectors.joining(", "))
                        + " behind 'row.',"
                        + " but got '" + name + "'"));
        return new Column('"' + field.name() + '"', kind(field));
    }

    private static Kind kind(Field field) {
        return switch (field.type()) {
            case Scalar scalar ->
                switch (scalar) {
                    case INTEGER, DECIMAL -> Kind.NUMBER;
                    case BOOLEAN -> Kind.BOOLEAN;
                    case UUID -> Kind.ID;
                    case DATE -> Kind.DATE;
                    case DATETIME -> Kind.INSTANT;
                    case ANY, STRING, DURATION, CURRENCY, EXPRESSION, ROLE, MEMBER, EVENT, ENTITY -> Kind.TEXT;
                };
            case ValueType.Choice choice -> Kind.TEXT;
            case ValueType.ListOf list -> throw notCompared(field);
            case ValueType.MapOf map -> throw notCompared(field);
            case Shape shape -> throw notCompared(field);
        };
    }

    private static Unfit notCompared(Field field) {
        return new Unfit("Expected a field with a single value, but row." + field.name() + " has several");
    }

    private Column later(Column column, Side.DaysLater later) {
        JsonNode days = evaluate(new Side.Value(later.days()));
        if (column.kind() != Kind.DATE) {
            throw new Unfit("Expected a date before | add_days, but row." + later.field()
                    + " is none: add the days on the other side");
        }
        boolean whole = days.isNumber()
                && days.decimalValue().stripTrailingZeros().scale() <= 0
                && days.decimalValue().abs().compareTo(DAYS_MOST) <= 0;
        if (!whole) {
            throw new Unfit("Expected a whole number of at most 100000 days for | add_days, but got " + words(days));
        }
        return new Column("(" + column.sql() + " + " + days.decimalValue().intValueExact() + ")", Kind.DATE);
    }

    private Column until(Column column, String field) {
        String from = "cast(" + bind(today.toString()) + " as date)";
        return switch (column.kind()) {
            case DATE -> new Column("(" + column.sql() + " - " + from + ")", Kind.NUMBER);
            case INSTANT ->
                new Column(
                        "(cast(" + column.sql() + " at time zone " + bind(zone.getId()) + " as date) - " + from + ")",
                        Kind.NUMBER);
            case NUMBER, BOOLEAN, TEXT, ID ->
                throw new Unfit("Expected a date before | days_until, but row." + field + " is none");
        };
    }

    private JsonNode evaluate(Side.Value value) {
        return values.apply(value.expression());
    }

    private static boolean comparable(Column column, JsonNode value) {
        return switch (column.kind()) {
            case NUMBER -> value.isNumber();
            case BOOLEAN -> value.isBoolean();
            case TEXT, ID, DATE, INSTANT -> value.isString();
        };
    }

    /** As the language reads a condition. */
    private static boolean isTrue(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> value.decimalValue().signum() != 0;
            case STRING -> !value.stringValue().isEmpty();
            case ARRAY, OBJECT -> !value.isEmpty();
            case NULL, MISSING, POJO, BINARY -> false;
        };
    }

    /** The database knows no text with a zero or half a character in it, so no row has one. */
    private static String text(JsonNode value) {
        String text = value.stringValue();
        if (text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
            throw new Unfit("Expected a text of whole characters to compare with");
        }
        return text;
    }

    private static boolean isId(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text).toString().equals(text) && isWithinYears(text);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isInstant(String text) {
        try {
            return Json.text(Instant.parse(text)).equals(text) && isWithinYears(text);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isWithinYears(String text) {
        return text.compareTo(FIRST) >= 0 && !text.startsWith("+");
    }

    private String bind(Object value) {
        String name = "f" + bindings.size();
        bindings.put(name, value);
        return ":" + name;
    }

    private static String truth(boolean value) {
        return value ? "true" : "false";
    }

    private static Unfit incomparable(Relation relation) {
        return new Unfit("Expected two values of one type around " + relation.sign()
                + ", but one is a number, a text or none and the other is not");
    }

    private static String words(JsonNode value) {
        return value.getNodeType() == JsonNodeType.NULL ? "none" : "'" + value.asString(value.toString()) + "'";
    }
}
