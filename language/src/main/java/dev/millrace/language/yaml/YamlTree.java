package dev.millrace.language.yaml;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * A document and the place of everything in it. Paths are those of {@link YamlPath}, from the root of the document.
 *
 * @param document numbers are {@code DecimalNode}, with the digits as written
 */
public record YamlTree(
        JsonNode document,
        Map<String, Mark> values,
        Map<String, Mark> keys,
        Map<String, ScalarStyle> styles,
        TextLines text) {
    /** A tree of nothing: every place is the start. */
    public static final YamlTree EMPTY =
            new YamlTree(NullNode.getInstance(), Map.of(), Map.of(), Map.of(), new TextLines(""));

    /** The maps are handed over, not copied: they are large. */
    public YamlTree {
        values = Collections.unmodifiableMap(values);
        keys = Collections.unmodifiableMap(keys);
        styles = Collections.unmodifiableMap(styles);
    }

    /** The place of the value at the path, else of the nearest value around it. */
    public Mark value(String path) {
        String at = path;
        Mark found = values.get(at);
        while (found == null && !at.isEmpty()) {
            at = YamlPath.parent(at);
            found = values.get(at);
        }
        return found == null ? Mark.START : found;
    }

    /** The place of the key at the end of the path, else as {@link #value}. */
    public Mark key(String path) {
        Mark found = keys.get(path);
        return found == null ? value(path) : found;
    }

    /** The text as written at a place, quotes included. */
    public String written(Mark mark) {
        return text.between(mark.index(), mark.endIndex());
    }

    /** True: there is a value at this very path. */
    public boolean has(String path) {
        return values.containsKey(path);
    }

    /** The map or list at the path is written in braces or brackets. */
    public boolean isFlow(String path) {
        Mark at = value(path);
        String first = text.between(at.index(), at.index() + 1);
        return first.equals("{") || first.equals("[");
    }

    /**
     * The place of one character of a text.
     *
     * @param offset in chars of the text as it was read, escapes resolved and lines folded
     */
    public Mark within(String path, String text, int offset) {
        return Optional.ofNullable(styles.get(path))
                .map(style -> this.text.within(value(path), style, text, offset))
                .orElseGet(() -> value(path));
    }
}
