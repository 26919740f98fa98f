package dev.millrace.language.expression;

import static dev.millrace.language.expression.Operation.filter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Filters for lists; of a map they see the keys, of a text the characters. */
final class ListFilters {
    private static final Operation LENGTH = filter("length", ListFilters::length);

    static final List<Operation> ALL = List.of(
            LENGTH,
            LENGTH.alias("count"),
            filter("first", (value, args) -> end(items(value, args), true)),
            filter("last", (value, args) -> end(items(value, args), false)),
            filter("list", (value, args) -> Values.list(items(value, args))),
            filter("reverse", ListFilters::reverse),
            filter("join", ListFilters::join, "d?", "attribute?"),
            filter("sort", ListFilters::sort, "reverse?", "case_sensitive?", "attribute?"),
            filter("unique", ListFilters::unique, "case_sensitive?", "attribute?"),
            filter("sum", ListFilters::sum, "attribute?", "start?"),
            filter("min", (value, args) -> extreme(value, args, false), "case_sensitive?", "attribute?"),
            filter("max", (value, args) -> extreme(value, args, true), "case_sensitive?", "attribute?"));

    private ListFilters() {}

    /** An item with what it is compared by. */
    private record Keyed(JsonNode item, List<JsonNode> keys) {}

    private static List<JsonNode> items(JsonNode value, Arguments args) {
        return Values.items(value, "before " + args.filter(), args.run());
    }

    private static JsonNode length(JsonNode value, Arguments args) {
        return switch (Kind.of(value)) {
            case LIST, MAP -> Numbers.node(value.size());
            case TEXT -> {
                String text = args.run().reading(value.stringValue());
                yield Numbers.node(text.codePointCount(0, text.length()));
            }
            case UNDEFINED, NONE, BOOLEAN, NUMBER ->
                throw args.run()
                        .typeError("Expected a list, a map or a text before " + args.filter() + ", but there is "
                                + Kind.of(value).words() + "; convert a number with | string");
        };
    }

    private static JsonNode end(List<JsonNode> items, boolean first) {
        if (items.isEmpty()) {
            return MissingNode.getInstance();
        }
        return first ? items.getFirst() : items.getLast();
    }

    private static JsonNode reverse(JsonNode value, Arguments args) {
        return value.isString()
                ? args.run()
                        .text(new StringBuilder(value.stringValue()).reverse().toString())
                : Values.list(items(value, args).reversed());
    }

    private static JsonNode join(JsonNode value, Arguments args) {
        String separator = args.has(0) ? Values.text(args.get(0), args.run()) : "";
        Optional<AttributePath> path = attribute(args, 1);
        StringBuilder text = new StringBuilder();
        boolean first = true;
        for (JsonNode item : items(value, args)) {
            args.run().append(text, first ? "" : separator);
            args.run().append(text, Values.text(path.isPresent() ? part(item, path.get(), args) : item, args.run()));
            first = false;
        }
        return args.run().text(text.toString());
    }

    private static JsonNode sum(JsonNode value, Arguments args) {
        Optional<AttributePath> path = attribute(args, 0);
        BigDecimal sum = args.has(1) ? number(args.get(1), args) : BigDecimal.ZERO;
        for (JsonNode item : items(value, args)) {
            sum = sum.add(number(path.isPresent() ? part(item, path.get(), args) : item, args), Numbers.CONTEXT);
        }
        return Numbers.node(sum, args.run());
    }

    private static BigDecimal number(JsonNode value, Arguments args) {
        if (!value.isNumber()) {
            throw args.run()
                    .typeError("Expected numbers in the list before " + args.filter() + ", but there is "
                            + Kind.of(value).words()
                            + "; name the field: sum(attribute='amount'), or convert with map('float')");
        }
        return Numbers.of(value, args.run());
    }

    private static JsonNode sort(JsonNode value, Arguments args) {
        List<AttributePath> paths = new ArrayList<>();
        if (args.has(2) && args.get(2).isString()) {
            for (String path : args.text(2).split(",", -1)) {
                paths.add(AttributePath.of(path));
            }
        } else {
            attribute(args, 2).ifPresent(paths::add);
        }
        List<Keyed> keyed = keyed(items(value, args), paths, args.flag(1), args);
        Comparator<Keyed> order = byKeys(args);
        keyed.sort(args.flag(0) ? Collections.reverseOrder(order) : order);
        return Values.list(keyed.stream().map(Keyed::item).toList());
    }

    private static JsonNode extreme(JsonNode value, Arguments args, boolean greatest) {
        List<AttributePath> paths = attribute(args, 1).stream().toList();
        List<Keyed> keyed = keyed(items(value, args), paths, args.flag(0), args);
        Comparator<Keyed> order = byKeys(args);
        return keyed.stream()
                .min(greatest ? Collections.reverseOrder(order) : order)
                .map(Keyed::item)
                .orElse(MissingNode.getInstance());
    }

    private static Comparator<Keyed> byKeys(Arguments args) {
        return (a, b) -> {
            int order = 0;
            for (int i = 0; i < a.keys().size() && order == 0; i++) {
                order = Comparisons.order(a.keys().get(i), b.keys().get(i), args.filter(), args.run());
            }
            return order;
        };
    }

    private static JsonNode unique(JsonNode value, Arguments args) {
        List<AttributePath> paths = attribute(args, 1).stream().toList();
        List<JsonNode> kept = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (Keyed keyed : keyed(items(value, args), paths, args.flag(0), args)) {
            if (seen.add(identity(keyed.keys().getFirst(), args))) {
                kept.add(keyed.item());
            }
        }
        return Values.list(kept);
    }

    /** Equal where the language says equal: 1 and 1.0 are one, 1 and '1' are two. */
    private static Object identity(JsonNode key, Arguments args) {
        return switch (Kind.of(key)) {
            case NUMBER -> Numbers.of(key, args.run()).stripTrailingZeros();
            case UNDEFINED, NONE, BOOLEAN, TEXT -> key;
            case LIST, MAP -> List.of(Values.text(key, args.run()));
        };
    }

    private static List<Keyed> keyed(
            List<JsonNode> items, List<AttributePath> paths, boolean caseSensitive, Arguments args) {
        List<Keyed> keyed = new ArrayList<>();
        for (JsonNode item : items) {
            List<JsonNode> keys = new ArrayList<>();
            for (AttributePath path : paths) {
                keys.add(folded(part(item, path, args), caseSensitive, args));
            }
            if (paths.isEmpty()) {
                keys.add(folded(item, caseSensitive, args));
            }
            keyed.add(new Keyed(item, keys));
        }
        return keyed;
    }

    private static JsonNode folded(JsonNode key, boolean caseSensitive, Arguments args) {
        return key.isString() && !caseSensitive
                ? args.run().text(key.stringValue().toLowerCase(Locale.ROOT))
                : key;
    }

    private static Optional<AttributePath> attribute(Arguments args, int number) {
        return args.has(number) ? Optional.of(AttributePath.of(args.get(number), args.run())) : Optional.empty();
    }

    private static JsonNode part(JsonNode item, AttributePath path, Arguments args) {
        JsonNode value = path.in(item, args.run());
        if (value.isMissingNode()) {
            throw path.missing(args.run());
        }
        return value;
    }
}
