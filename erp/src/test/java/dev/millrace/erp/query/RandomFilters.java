package dev.millrace.erp.query;

import dev.millrace.language.Field;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Filters as somebody may write them, over the fields of an entity, with values that rows really have and others. */
final class RandomFilters {
    private static final List<String> ORDERS = List.of("<", "<=", ">", ">=");
    private static final int DEEP = 3;

    private final Random random;
    private final List<Field> fields;
    private final List<Map<String, JsonNode>> rows;

    /** @param rows what there is, so that filters hit something */
    RandomFilters(Random random, List<Field> fields, List<Map<String, JsonNode>> rows) {
        this.random = random;
        this.fields = fields.stream()
                .filter(field -> !(field.type() instanceof ValueType.ListOf))
                .toList();
        this.rows = rows;
    }

    String next() {
        return filter(DEEP);
    }

    private String filter(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return atom();
        }
        return switch (random.nextInt(4)) {
            case 0 -> "not (" + filter(depth - 1) + ")";
            case 1 -> "(" + filter(depth - 1) + ") or " + filter(depth - 1);
            default -> "(" + filter(depth - 1) + ") and (" + filter(depth - 1) + ")";
        };
    }

    private String atom() {
        Field field = one(fields);
        String name = random.nextInt(5) == 0 ? "row['" + field.name() + "']" : "row." + field.name();
        return switch (random.nextInt(12)) {
            case 0 -> name + one(List.of(" is none", " is not none"));
            case 1 -> name + one(List.of(" == none", " != none", " == trigger.nothing"));
            case 2 -> name + one(List.of(" in ", " not in ")) + list(field);
            case 3 -> name;
            case 4 -> name + one(List.of(" == ", " != ")) + value(one(fields));
            case 5 -> name + one(List.of(" == ", " != ")) + "row." + one(fields).name();
            case 6 ->
                alike(field)
                        .map(other -> name + " " + one(ORDERS) + " row." + other.name())
                        .findFirst()
                        .orElseThrow();
            case 7 -> dated(field, name);
            case 8 -> kind(field).equals("text") ? part(field) + " in " + name : value(field) + " == " + name;
            case 9 -> value(field) + " <= " + name + " < " + value(field);
            case 10 -> value(field) + " " + one(ORDERS) + " " + name;
            default ->
                name + " "
                        + one(Stream.concat(ORDERS.stream(), Stream.of("==", "!="))
                                .toList()) + " " + value(field);
        };
    }

    private Stream<Field> alike(Field field) {
        List<Field> same =
                fields.stream().filter(other -> kind(other).equals(kind(field))).toList();
        return Stream.of(one(same));
    }

    private String dated(Field field, String name) {
        if (field.type() == Scalar.DATE && random.nextBoolean()) {
            return name + " | add_days(" + (random.nextInt(60) - 30) + ") " + one(ORDERS) + " "
                    + one(List.of("now", "'2026-12-05'", value(field)));
        }
        if (field.type() == Scalar.DATE || field.type() == Scalar.DATETIME) {
            return random.nextBoolean()
                    ? name + " | days_until " + one(List.of("<", ">=", "==")) + " " + (random.nextInt(40) - 20)
                    : name + " " + one(ORDERS) + " (now | add_days(" + (random.nextInt(40) - 20) + "))";
        }
        return name + " != " + value(field);
    }

    private String list(Field field) {
        return Stream.generate(
                        () -> random.nextInt(6) == 0 ? "none" : value(random.nextInt(4) == 0 ? one(fields) : field))
                .limit(random.nextInt(4))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private String part(Field field) {
        int[] points = value(field).replace("'", "").codePoints().toArray();
        int from = random.nextInt(points.length + 1);
        return "'" + new String(points, from, Math.min(2, points.length - from)) + "'";
    }

    /** Of the field's kind: what a row has there, or something near it. */
    private String value(Field field) {
        List<JsonNode> there = rows.stream()
                .map(row -> row.get(field.name()))
                .filter(node -> node != null && !node.isNull())
                .toList();
        return switch (kind(field)) {
            case "number" ->
                there.isEmpty() || random.nextInt(3) == 0
                        ? one(List.of("0", "1", "2.50", "-3", "59000"))
                        : one(there).asString();
            case "boolean" -> one(List.of("true", "false"));
            default ->
                there.isEmpty() || random.nextInt(4) == 0
                        ? one(List.of(
                                "''", "'Ä'", "'zz'", "'2026-12-01'", "'2026-11-30T06:30:00Z'", "'😀'", "'A'", "now"))
                        : "'" + one(there).asString().replace("'", "") + "'";
        };
    }

    private static String kind(Field field) {
        return switch (field.type()) {
            case Scalar.INTEGER, Scalar.DECIMAL -> "number";
            case Scalar.BOOLEAN -> "boolean";
            case Scalar.UUID -> "id";
            case Scalar.DATE, Scalar.DATETIME -> "moment";
            default -> "text";
        };
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
