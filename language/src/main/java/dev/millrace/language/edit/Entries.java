package dev.millrace.language.edit;

import dev.millrace.language.Edit.Replacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Adds, removes and moves entries of maps and lists. */
final class Entries {
    /** The order in which people write keys; what is not named here comes last. */
    private static final List<String> ORDER = List.of(
            "name", "id", "after", "action", "description", "version", "enabled", "trigger", "concurrency", "event",
            "schedule", "timezone", "catch_up", "manual", "inputs", "depends_on", "condition", "if_skipped", "for_each",
            "max_parallel", "timeout", "retry", "config", "then", "on_timeout", "on_error", "given", "steps",
            "on_failure", "expect");

    private static final Map<String, Integer> RANKS =
            IntStream.range(0, ORDER.size()).boxed().collect(Collectors.toMap(ORDER::get, rank -> rank));

    private final Working working;

    Entries(Working working) {
        this.working = working;
    }

    void add(Path map, String key, JsonNode value) {
        Source source = working.source();
        JsonNode node = map.in(working.document());
        if (node.isEmpty()) {
            new Place(working, map).replace(JsonNodeFactory.instance.objectNode().set(key, value));
            return;
        }
        var writer = new Writer(source);
        Path before = map.key(predecessor(map, node, key));
        if (source.isInFlow(map)) {
            var flow = new Flow(working, writer.style().lineBreak());
            change(flow.insertAfter(stretch(before), writer.key(key) + ": " + writer.flow(value)), map, key, value);
            return;
        }
        int column = source.column(map);
        String line = writer.style().spaces(column) + ScalarText.of(key) + ":" + writer.afterKey(key, value, column)
                + writer.style().lineBreak();
        var lines = new Lines(working);
        change(lines.insert(lines.behind(before), line, writer.style().lineBreak()), map, key, value);
    }

    private void change(List<Replacement> replacements, Path map, String key, JsonNode value) {
        working.change(replacements, Trees.set(working.document(), map.key(key), value), map.key(key));
    }

    /** The last key that people write before it. */
    private static String predecessor(Path map, JsonNode node, String key) {
        String last = Source.lastKey(node);
        if (map.holds("config") || !RANKS.containsKey(key)) {
            return last;
        }
        int rank = RANKS.getOrDefault(key, ORDER.size());
        String found = "";
        for (String each : node.propertyNames()) {
            found = RANKS.getOrDefault(each, ORDER.size()) < rank ? each : found;
        }
        return found.isEmpty() ? last : found;
    }

    private Flow.Stretch stretch(Path entry) {
        Source source = working.source();
        boolean key = entry.last() instanceof Path.Key;
        int start = key ? source.keyStart(entry) : source.start(entry);
        int end = source.end(entry);
        return new Flow.Stretch(start, key ? Math.max(end, source.keyEnd(entry)) : end);
    }

    void remove(Path entry) {
        Source source = working.source();
        JsonNode expected = Trees.remove(working.document(), entry);
        List<Path> all = entries(entry.parent());
        int at = all.indexOf(entry);
        boolean last = at == all.size() - 1;
        if (source.isInFlow(entry.parent())) {
            var flow = new Flow(working, "");
            working.change(
                    last
                            ? flow.removeLast(stretch(all.get(at - 1)), stretch(entry))
                            : flow.removeBefore(stretch(entry), stretch(all.get(at + 1))),
                    expected,
                    entry);
            return;
        }
        var lines = new Lines(working);
        boolean sharesLine = entry.last() instanceof Path.Key && !source.isFirstOnLine(source.keyStart(entry));
        Replacement gone = sharesLine && !last
                ? working.replace(source.keyStart(entry), source.keyStart(all.get(at + 1)), "")
                : lines.without(lines.region(entry));
        working.change(List.of(gone), expected, entry);
    }

    private List<Path> entries(Path holder) {
        var all = new ArrayList<Path>();
        JsonNode node = holder.in(working.document());
        if (node.isArray()) {
            IntStream.range(0, node.size()).forEach(i -> all.add(holder.item(i)));
        } else {
            node.propertyNames().forEach(name -> all.add(holder.key(name)));
        }
        return all;
    }

    void insert(Path list, int at, JsonNode value) {
        Source source = working.source();
        int size = list.in(working.document()).size();
        if (size == 0) {
            new Place(working, list)
                    .replace(JsonNodeFactory.instance.arrayNode().add(value));
            return;
        }
        JsonNode expected = Trees.insert(working.document(), list, at, value);
        Path beside = list.item(at == 0 ? 0 : at - 1);
        var writer = new Writer(source);
        if (source.isInFlow(list)) {
            var flow = new Flow(working, writer.style().lineBreak());
            String written = writer.flow(value);
            working.change(
                    at == 0 ? flow.insertBefore(stretch(beside), written) : flow.insertAfter(stretch(beside), written),
                    expected,
                    list.item(at));
            return;
        }
        int column = source.column(list);
        String item = value.isObject()
                ? writer.item(value, column + 2, source.isFlow(beside))
                : writer.item(value, column + 2);
        String lines = writer.style().spaces(column) + "- " + item + writer.style().lineBreak();
        working.change(insertLines(list, at, lines, writer.style().lineBreak()), expected, list.item(at));
    }

    /** @param to the index it has among the others */
    void move(Path list, int from, int to) {
        if (from == to) {
            return;
        }
        Source source = working.source();
        JsonNode expected = Trees.move(working.document(), list, from, to);
        int target = to < from ? to : to + 1;
        var writer = new Writer(source);
        var replacements = new ArrayList<Replacement>();
        if (source.isInFlow(list)) {
            moveBetween(list, from, target, writer.style().lineBreak(), replacements);
        } else {
            var lines = new Lines(working);
            Lines.Region region = lines.region(list.item(from));
            String text = source.text().substring(region.start(), region.end());
            String ended = text.endsWith("\n") ? text : text + writer.style().lineBreak();
            replacements.add(lines.without(region));
            replacements.addAll(insertLines(list, target, ended, writer.style().lineBreak()));
        }
        working.change(replacements, expected, list.item(from));
    }

    private void moveBetween(Path list, int from, int target, String lineBreak, List<Replacement> replacements) {
        Source source = working.source();
        var flow = new Flow(working, lineBreak);
        Path item = list.item(from);
        int size = list.in(working.document()).size();
        String text = source.text().substring(source.start(item), source.end(item));
        replacements.addAll(
                from == size - 1
                        ? flow.removeLast(stretch(list.item(from - 1)), stretch(item))
                        : flow.removeBefore(stretch(item), stretch(list.item(from + 1))));
        replacements.addAll(
                target == 0
                        ? flow.insertBefore(stretch(list.item(0)), text)
                        : flow.insertAfter(stretch(list.item(target - 1)), text));
    }

    /** Apart by an empty line where the others are. */
    private List<Replacement> insertLines(Path list, int at, String written, String lineBreak) {
        var lines = new Lines(working);
        int size = list.in(working.document()).size();
        boolean spaced = lines.isSpaced(list);
        if (at < size) {
            int start = lines.region(list.item(at)).start();
            return lines.insert(start, spaced ? written + lineBreak : written, lineBreak);
        }
        Path before = list.item(size - 1);
        return lines.insert(lines.behind(before), spaced ? lineBreak + written : written, lineBreak);
    }
}
