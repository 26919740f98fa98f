package dev.millrace.server.request;

import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Refusal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON that strangers wrote: strictly, and refusing what the database could not keep. */
final class JsonInput {
    /** Digits before or behind the point: more than any amount has, fewer than PostgreSQL takes. */
    private static final int DIGITS_MOST = 1000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonInput() {}

    /** An object; an empty one where there is nothing. */
    static JsonNode read(byte[] bytes) {
        JsonNode root = bytes.length == 0 ? MAPPER.createObjectNode() : parse(bytes);
        if (root.isMissingNode()) {
            root = MAPPER.createObjectNode();
        }
        if (!root.isObject()) {
            throw Refusal.invalid(
                    "type_mismatch", "", "Expected an object {…} but got " + kind(root) + ": put the fields into one.");
        }
        var found = new ArrayList<FieldProblem>();
        inspect(root, "", found);
        if (!found.isEmpty()) {
            throw Refusal.invalid("invalid_input", found);
        }
        return root;
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String place = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            throw Refusal.malformedJson(e.getOriginalMessage() + place);
        }
    }

    private static String kind(JsonNode node) {
        return node.isArray() ? "a list" : node.isNull() ? "null" : "a single value";
    }

    private static void inspect(JsonNode node, String path, List<FieldProblem> found) {
        if (node.isObject()) {
            node.properties().forEach(entry -> {
                text(entry.getKey(), path, found);
                inspect(entry.getValue(), path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), found);
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                inspect(node.path(i), path + "[" + i + "]", found);
            }
        } else if (node.isString()) {
            text(node.stringValue(), path, found);
        } else if (node.isNumber()) {
            number(node.decimalValue(), path, found);
        }
    }

    private static void text(String text, String path, List<FieldProblem> found) {
        if (text.indexOf('\0') >= 0) {
            found.add(FieldProblem.at(
                    "invalid_character", path, "Expected readable text but it has the character U+0000: remove it."));
        }
    }

    private static void number(BigDecimal number, String path, List<FieldProblem> found) {
        if (number.precision() > DIGITS_MOST || Math.abs((long) number.scale()) > DIGITS_MOST) {
            found.add(FieldProblem.at(
                    "out_of_range", path, "Expected a number of at most " + DIGITS_MOST + " digits but got more."));
        }
    }
}
