package dev.millrace.language.check;

import dev.millrace.language.yaml.YamlPath;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The texts of a tree by the paths that templates give, which join keys with dots and quote none. Depth is bounded
 * by the reader of YAML.
 */
final class Texts {
    private final Map<String, Placed> texts = new HashMap<>();

    Texts(JsonNode tree) {
        collect(tree, "", "");
    }

    /** A text and its path in the document's own form. */
    record Placed(String path, String text) {}

    Optional<Placed> at(String path) {
        return Optional.ofNullable(texts.get(path));
    }

    private void collect(JsonNode node, String plain, String path) {
        if (node.isString()) {
            texts.put(plain, new Placed(path, node.stringValue()));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.path(i), plain + "[" + i + "]", YamlPath.item(path, i));
            }
        } else if (node.isObject()) {
            node.properties()
                    .forEach(e -> collect(
                            e.getValue(),
                            plain.isEmpty() ? e.getKey() : plain + "." + e.getKey(),
                            YamlPath.key(path, e.getKey())));
        }
    }
}
