package dev.millrace.erp.gst;

import dev.millrace.engine.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The one form of JWS that the portal writes: compact, RS256, {@code {"data": "<json>", "iss": "NIC"}} inside. RFC 7515. */
final class Jws {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER =
            ENCODER.encodeToString("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
    private static final String ISSUER = "NIC";
    private static final int PARTS = 3;

    private Jws() {}

    static String sign(ObjectNode data, PrivateKey key) {
        ObjectNode payload = Json.object().put("data", Json.write(data)).put("iss", ISSUER);
        String signed =
                HEADER + "." + ENCODER.encodeToString(Json.write(payload).getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = rs256();
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + ENCODER.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of the sandbox cannot sign", e);
        }
    }

    /** Whether the holder of the key signed it, by RS256 and nothing else. */
    static boolean isSignedBy(String jws, PublicKey key) {
        String[] parts = jws.split("\\.", -1);
        try {
            if (parts.length != PARTS || !text(header(parts[0]), "alg").equals("RS256")) {
                return false;
            }
            Signature signature = rs256();
            signature.initVerify(key);
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException | IllegalArgumentException | JacksonException e) {
            return false;
        }
    }

    /** What it says, whoever signed it; empty: it is none. */
    static Optional<JsonNode> data(String jws) {
        String[] parts = jws.split("\\.", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            JsonNode payload = header(parts[1]);
            return Optional.of(payload.hasNonNull("data") ? Json.read(text(payload, "data")) : payload);
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static JsonNode header(String part) {
        return Json.read(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private static Signature rs256() throws GeneralSecurityException {
        return Signature.getInstance("SHA256withRSA");
    }
}
