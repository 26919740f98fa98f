package dev.millrace.engine.execution;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The text by which an index finds values that {@code ==} holds to be equal: 1 and 1.0 have the same, '1' has another.
 * Lists and maps all have one: the condition itself tells them apart.
 */
public final class WaitKeyText {
    /** Longer texts are told apart by their hash. */
    private static final int PLAIN_MOST = 200;

    private WaitKeyText() {}

    /** Empty for a missing node: nothing is equal to what is not there. */
    public static Optional<String> of(JsonNode value) {
        return switch (value.getNodeType()) {
            case MISSING -> Optional.empty();
            case NULL -> Optional.of("none");
            case BOOLEAN -> Optional.of("bool:" + value.booleanValue());
            case NUMBER -> Optional.of("number:" + value.decimalValue().stripTrailingZeros());
            case STRING -> Optional.of(text(value.stringValue()));
            case ARRAY -> Optional.of("list");
            case OBJECT -> Optional.of("map");
            case BINARY, POJO -> throw new IllegalArgumentException("not a value of JSON: " + value.getNodeType());
        };
    }

    private static String text(String value) {
        return value.length() <= PLAIN_MOST && value.indexOf('\0') < 0 ? "text:" + value : "hash:" + hash(value);
    }

    private static String hash(String value) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
