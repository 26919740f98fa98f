package dev.millrace.language.check;

import dev.millrace.language.yaml.YamlPath;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The texts of a tree by path; depth is bounded by the reader of YAML. */
final class Texts {
    private Texts() {}

    static Map<String, String> of(JsonNode tree) {
        var texts = new HashMap<String, String>();
        collect(tree, "", texts);
        return texts;
    }

    private static void collect(JsonNode node, String path, Map<String, String> texts) {
        if (node.isString()) {
            texts.put(path, node.stringValue());
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.path(i), YamlPath.item(path, i), texts);
            }
        } else if (node.isObject()) {
            node.properties().forEach(e -> collect(e.getValue(), YamlPath.key(path, e.getKey()), texts));
        }
    }
}
