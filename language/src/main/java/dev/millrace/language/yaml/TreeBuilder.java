package dev.millrace.language.yaml;

import dev.millrace.language.ProblemCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** Builds a {@link YamlTree} from composed nodes; recursion is bounded by {@link YamlGuard#MAX_DEPTH}. */
final class TreeBuilder {
    /** Enough to see what is wrong. */
    private static final int MAX_FAULTS = 200;

    /** Longest path: the text of a path is kept for each value, so it bounds the memory. */
    private static final int MAX_PATH = 500;

    private final String text;
    private final List<YamlFault> faults;
    private final Map<String, Mark> values = new HashMap<>();
    private final Map<String, Mark> keys = new HashMap<>();
    private final Map<String, ScalarStyle> styles = new HashMap<>();

    TreeBuilder(String text, List<YamlFault> faults) {
        this.text = text;
        this.faults = faults;
    }

    YamlTree build(Node root) {
        JsonNode document = node(root, "");
        return new YamlTree(document, values, keys, styles, new TextLines(text));
    }

    private JsonNode node(Node node, String path) {
        values.put(path, Marks.of(node));
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, path);
            case SequenceNode sequence -> sequence(sequence, path);
            case ScalarNode scalar -> scalar(scalar, path);
            default -> NullNode.getInstance();
        };
    }

    private JsonNode mapping(MappingNode mapping, String path) {
        var object = JsonNodeFactory.instance.objectNode();
        String last = "";
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                fault(
                        ProblemCode.YAML_SYNTAX,
                        path,
                        Marks.of(entry.getKeyNode()),
                        "Expected a word as the key but got a list or a map; write 'key: value'.");
                continue;
            }
            String at = YamlPath.key(path, key.getValue());
            if (at.length() > MAX_PATH) {
                fault(
                        ProblemCode.TEXT_TOO_LONG,
                        path,
                        Marks.of(key),
                        "Expected a short key but this one, with those around it, is longer than " + MAX_PATH
                                + " characters; shorten it.");
                continue;
            }
            if (object.has(key.getValue())) {
                duplicate(at, key);
                continue;
            }
            keys.put(at, Marks.of(key));
            refuseInvisible(at, key);
            object.set(key.getValue(), node(entry.getValueNode(), at));
            last = at;
        }
        endWithLast(mapping, path, last);
        return object;
    }

    private JsonNode sequence(SequenceNode sequence, String path) {
        var array = JsonNodeFactory.instance.arrayNode();
        String last = "";
        for (Node item : sequence.getValue()) {
            last = YamlPath.item(path, array.size());
            array.add(node(item, last));
        }
        endWithLast(sequence, path, last);
        return array;
    }

    /** The library ends a block where the next token begins, which may be lines further down. */
    private void endWithLast(CollectionNode<?> node, String path, String last) {
        if (node.getFlowStyle() == FlowStyle.BLOCK && !last.isEmpty()) {
            Mark whole = values.getOrDefault(path, Mark.START);
            values.put(path, whole.to(values.getOrDefault(last, whole)));
        }
    }

    private JsonNode scalar(ScalarNode scalar, String path) {
        styles.put(path, scalar.getScalarStyle());
        if (!scalar.isPlain()) {
            return StringNode.valueOf(scalar.getValue());
        }
        return Scalars.plain(scalar.getValue()).orElseGet(() -> {
            fault(
                    ProblemCode.OUT_OF_RANGE,
                    path,
                    Marks.of(scalar),
                    "Expected a number of at most 200 digits but got a longer one; quote it if it is a text.");
            return StringNode.valueOf(scalar.getValue());
        });
    }

    private void duplicate(String path, ScalarNode key) {
        Mark first = keys.getOrDefault(path, Mark.START);
        fault(
                ProblemCode.DUPLICATE_KEY,
                path,
                Marks.of(key),
                "Expected each key once but '" + shortened(key.getValue()) + "' stands on line " + first.line()
                        + " already; remove one of the two.");
    }

    private void refuseInvisible(String path, ScalarNode key) {
        Invisible.in(key.getValue())
                .ifPresent(c -> fault(
                        ProblemCode.INVISIBLE_CHARACTER,
                        path,
                        Marks.of(key),
                        "Expected a plain key but it holds the invisible character U+%04X; type the key again."
                                .formatted(c)));
    }

    private void fault(ProblemCode code, String path, Mark mark, String message) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(new YamlFault(code, path, mark, message));
        }
    }

    private static String shortened(String key) {
        return key.length() > 64 ? key.substring(0, 64) + "…" : key;
    }
}
