package dev.millrace.language.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Fields, indexes and slices. */
final class Access {
    private Access() {}

    /**
     * @param target neither none nor undefined
     * @return a missing node if there is no such part
     */
    static JsonNode part(JsonNode target, JsonNode key, Evaluation run) {
        return switch (Kind.of(target)) {
            case MAP -> key.isString() ? field(target, key.stringValue()) : MissingNode.getInstance();
            case LIST -> index(key, target.size(), run).map(target::path).orElse(MissingNode.getInstance());
            case TEXT -> {
                String text = run.reading(target.stringValue());
                Optional<Integer> index = index(key, text.codePointCount(0, text.length()), run);
                yield index.isPresent()
                        ? run.text(Character.toString(text.codePointAt(text.offsetByCodePoints(0, index.get()))))
                        : MissingNode.getInstance();
            }
            case UNDEFINED, NONE, BOOLEAN, NUMBER -> MissingNode.getInstance();
        };
    }

    private static JsonNode field(JsonNode map, String name) {
        return name.startsWith("_") ? MissingNode.getInstance() : map.path(name);
    }

    private static Optional<Integer> index(JsonNode key, int size, Evaluation run) {
        if (!key.isNumber()) {
            return Optional.empty();
        }
        BigDecimal number = Numbers.of(key, run);
        if (number.stripTrailingZeros().scale() > 0 || number.abs().compareTo(BigDecimal.valueOf(size)) > 0) {
            return Optional.empty();
        }
        int index = number.intValueExact() < 0 ? number.intValueExact() + size : number.intValueExact();
        return index < size ? Optional.of(index) : Optional.empty();
    }

    /** As Python's: bounds beyond the ends are the ends; a negative step goes backwards. */
    static JsonNode slice(JsonNode target, JsonNode from, JsonNode to, JsonNode step, Evaluation run) {
        if (!target.isArray() && !target.isString()) {
            throw run.typeError("Expected a list or a text before [:], but there is "
                    + Kind.of(target).words() + "; name one field instead");
        }
        List<JsonNode> items = Values.items(target, "before [:]", run);
        int by = bound(step, 1, run);
        if (by == 0) {
            throw run.error("Expected a step other than 0 in [::], but it is 0; leave it out");
        }
        int size = items.size();
        int start = within(bound(from, by > 0 ? 0 : Integer.MAX_VALUE, run), size, by);
        int end = to.isNull() ? (by > 0 ? size : -1) : within(bound(to, 0, run), size, by);
        List<JsonNode> taken = new ArrayList<>();
        for (long i = start; by > 0 ? i < end : i > end; i += by) {
            taken.add(items.get((int) i));
        }
        if (target.isArray()) {
            return Values.list(taken);
        }
        StringBuilder text = new StringBuilder();
        taken.forEach(character -> text.append(character.stringValue()));
        return run.text(text.toString());
    }

    private static int within(int bound, int size, int by) {
        long counted = bound < 0 ? (long) bound + size : bound;
        return by > 0 ? Math.clamp(counted, 0, size) : Math.clamp(counted, -1, size - 1);
    }

    private static int bound(JsonNode value, int otherwise, Evaluation run) {
        if (value.isNull()) {
            return otherwise;
        }
        if (!value.isNumber() || Numbers.of(value, run).stripTrailingZeros().scale() > 0) {
            throw run.typeError("Expected whole numbers in [:], but there is "
                    + Kind.of(value).words() + "; use | int");
        }
        BigDecimal limit = BigDecimal.valueOf(1_000_000);
        return Numbers.of(value, run).min(limit).max(limit.negate()).intValue();
    }
}
