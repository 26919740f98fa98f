package dev.millrace.engine.approval;

import dev.millrace.engine.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The hash of a snapshot: the same for two documents exactly if nothing differs between them. */
final class SnapshotHash {
    private SnapshotHash() {}

    /** SHA-256, in hex, of the JSON with sorted fields, without blanks and without trailing zeros of numbers. */
    static String of(ObjectNode snapshot) {
        byte[] text = Json.write(canonical(snapshot)).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static JsonNode canonical(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode sorted = Json.object();
            new TreeSet<>(object.propertyNames()).forEach(name -> sorted.set(name, canonical(object.get(name))));
            return sorted;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> list.add(canonical(element)));
            return list;
        }
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            String plain =
                    number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
            return JsonNodeFactory.instance.numberNode(new BigDecimal(plain));
        }
        return node;
    }
}
