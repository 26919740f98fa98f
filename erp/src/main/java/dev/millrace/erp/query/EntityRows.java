package dev.millrace.erp.query;

import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.ReadableEntity;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Scalar;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** Rows of whatever the modules declare as {@link ReadableEntity}. */
final class EntityRows {
    private static final int MONEY_DECIMALS = 2;
    private static final String TOTAL = "total of all";
    private static final String SUM = "sum of ";

    /**
     * What is asked.
     *
     * @param fields those to give, in this order; declared ones
     * @param filter SQL over the columns, with its {@code bindings}
     * @param orderBy a declared field with a single value; empty: by key
     */
    record Asked(
            ReadableEntity readable,
            List<Field> fields,
            String filter,
            Map<String, Object> bindings,
            Optional<String> orderBy,
            boolean descending,
            int limit) {}

    /**
     * @param total how many rows the filter holds for
     * @param sums over all of them, of each money field; not of one whose amounts are in several currencies
     */
    record Found(List<Map<String, JsonNode>> items, int total, Map<String, JsonNode> sums) {}

    /** Counts and sums what the limit leaves out too. */
    Found list(Tx tx, Asked asked) {
        List<Field> money = asked.readable().entity().fields().fields().stream()
                .filter(field -> asked.readable().money().contains(field.name()))
                .toList();
        String columns = Stream.of(
                        asked.fields().stream().map(field -> quoted(field.name())),
                        Stream.of("count(*) over () as " + quoted(TOTAL)),
                        money.stream().map(field -> sum(asked.readable(), field) + " as " + quoted(SUM + field.name())))
                .flatMap(part -> part)
                .collect(Collectors.joining(", "));
        String sql = "select " + columns + " from (" + asked.readable().select() + ") as listed where " + asked.filter()
                + " order by " + order(asked) + " limit :limit";
        var items = new ArrayList<Map<String, JsonNode>>();
        var total = new int[] {0};
        Map<String, JsonNode> sums = new LinkedHashMap<>();
        money.forEach(field -> sums.put(field.name(), DecimalNode.valueOf(BigDecimal.ZERO.setScale(MONEY_DECIMALS))));
        bind(tx.handle().createQuery(sql), asked.bindings())
                .bind("tenant", tx.tenant())
                .bind("limit", asked.limit())
                .map((row, context) -> {
                    total[0] = row.getInt(TOTAL);
                    for (Field field : money) {
                        Optional.ofNullable(row.getBigDecimal(SUM + field.name()))
                                .ifPresentOrElse(
                                        sum -> sums.put(field.name(), decimal(sum, true)),
                                        () -> sums.remove(field.name()));
                    }
                    return item(row, asked.readable(), asked.fields());
                })
                .forEach(items::add);
        return new Found(List.copyOf(items), total[0], sums);
    }

    /** Null where what would be summed is in several currencies: rupees and dollars have no sum. */
    private static String sum(ReadableEntity readable, Field field) {
        String sum = "coalesce(sum(" + quoted(field.name()) + ") over (), 0)";
        if (!readable.isInOwnCurrency(field.name())) {
            return sum;
        }
        String currency = "(coalesce(currency, '')) filter (where " + quoted(field.name()) + " is not null) over ()";
        return "case when min" + currency + " is not distinct from max" + currency + " then " + sum + " end";
    }

    /**
     * @param filter SQL over the columns, with its {@code bindings}
     * @return at most one, the newest of them
     */
    Optional<Map<String, JsonNode>> one(Tx tx, ReadableEntity readable, String filter, Map<String, Object> bindings) {
        List<Field> fields = readable.entity().fields().fields();
        String columns = fields.stream().map(field -> quoted(field.name())).collect(Collectors.joining(", "));
        return bind(
                        tx.handle()
                                .createQuery("select " + columns + " from (" + readable.select() + ") as listed where "
                                        + filter + " order by " + readable.key() + " desc limit 1"),
                        bindings)
                .bind("tenant", tx.tenant())
                .map((row, context) -> item(row, readable, fields))
                .findOne();
    }

    private static String order(Asked asked) {
        String key = asked.readable().key();
        return asked.orderBy()
                .map(field -> quoted(field) + (asked.descending() ? " desc" : "") + " nulls last, " + key)
                .orElse(key);
    }

    private static Query bind(Query query, Map<String, Object> bindings) {
        query.registerArrayType(String.class, "text")
                .registerArrayType(BigDecimal.class, "numeric")
                .registerArrayType(Boolean.class, "boolean");
        bindings.forEach(query::bind);
        return query;
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    private static Map<String, JsonNode> item(ResultSet row, ReadableEntity readable, List<Field> fields)
            throws SQLException {
        Map<String, JsonNode> item = new LinkedHashMap<>();
        for (Field field : fields) {
            item.put(field.name(), value(row, field, readable.money().contains(field.name())));
        }
        return item;
    }

    private static JsonNode value(ResultSet row, Field field, boolean isMoney) throws SQLException {
        if (row.getObject(field.name()) == null) {
            return NullNode.getInstance();
        }
        return switch (field.type()) {
            case Scalar scalar ->
                switch (scalar) {
                    case INTEGER, DECIMAL -> decimal(row.getBigDecimal(field.name()), isMoney);
                    case BOOLEAN -> BooleanNode.valueOf(row.getBoolean(field.name()));
                    case UUID -> text(row.getObject(field.name(), UUID.class).toString());
                    case DATE ->
                        text(row.getObject(field.name(), LocalDate.class).toString());
                    case DATETIME ->
                        text(Json.text(row.getObject(field.name(), OffsetDateTime.class)
                                .toInstant()));
                    case ANY, STRING, DURATION, CURRENCY, EXPRESSION, ROLE, MEMBER, EVENT, ENTITY ->
                        text(row.getString(field.name()));
                };
            case ValueType.Choice choice -> text(row.getString(field.name()));
            case ValueType.ListOf list -> Json.read(row.getString(field.name()));
            case ValueType.MapOf map -> Json.read(row.getString(field.name()));
            case Shape shape -> Json.read(row.getString(field.name()));
        };
    }

    private static JsonNode text(String text) {
        return StringNode.valueOf(text);
    }

    private static JsonNode decimal(BigDecimal number, boolean isMoney) {
        BigDecimal stripped = number.stripTrailingZeros();
        int least = isMoney ? MONEY_DECIMALS : 0;
        return DecimalNode.valueOf(stripped.scale() < least ? stripped.setScale(least) : stripped);
    }
}
