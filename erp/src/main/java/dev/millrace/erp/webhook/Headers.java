package dev.millrace.erp.webhook;

import dev.millrace.engine.action.ActionFailure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The headers that a definition may add, and those that it may not. */
final class Headers {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[ -~]{0,2000}");
    private static final int MOST = 30;

    /** They sign in, say whose connection it is and where the message ends, or are ours. */
    private static final Set<String> RESERVED = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "accept-encoding",
            "transfer-encoding",
            "connection",
            "proxy-connection",
            "keep-alive",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "idempotency-key");

    private static final int ID_BYTES = 16;

    private Headers() {}

    /**
     * @throws ActionFailure {@code header_not_allowed}
     */
    static Map<String, String> of(Map<String, JsonNode> given) {
        if (given.size() > MOST) {
            throw refused("Expected at most " + MOST + " headers but got " + given.size());
        }
        var headers = new LinkedHashMap<String, String>();
        given.forEach((name, node) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches() || RESERVED.contains(lower) || lower.startsWith("webhook-")) {
                throw refused("Expected a header such as X-Source at headers but got '" + name
                        + "', which a definition cannot set");
            }
            if (!node.isValueNode()
                    || node.isNull()
                    || !VALUE.matcher(node.asString()).matches()) {
                throw refused("Expected the header " + name
                        + " to be one line of letters, digits and signs of ASCII, at most 2000 of them");
            }
            headers.put(name, node.asString());
        });
        headers.putIfAbsent("User-Agent", "Millrace");
        headers.putIfAbsent("Accept", "application/json");
        return headers;
    }

    private static ActionFailure refused(String message) {
        return ActionFailure.permanent("header_not_allowed", message);
    }

    /** Standard Webhooks wants an id without a full stop, which the names of steps' handlers have. */
    static String messageId(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return "msg_" + HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
