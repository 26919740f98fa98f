package dev.millrace.server.audit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import dev.millrace.engine.ChainHead;
import dev.millrace.engine.Json;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ends of chains in a small file that somebody keeps elsewhere: signed by ES256 over the file without its signature, with
 * a key of this server.
 */
public final class SignedHeads {
    /** The only way in which it is written today. */
    private static final int FORM = 1;

    private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.ES256);

    private SignedHeads() {}

    /** The end of one company's chain. */
    public record Head(UUID tenant, String company, ChainHead head) {}

    /** What reading a file gave. */
    public sealed interface Read {
        /** @param own signed by the key that was asked for */
        record Good(Instant at, List<Head> heads, boolean own) implements Read {
            public Good {
                heads = List.copyOf(heads);
            }
        }

        record Bad(String reason) implements Read {}
    }

    public static ObjectNode write(ECKey key, Instant at, List<Head> heads) {
        ObjectNode file = Json.object();
        file.put("millrace_heads", FORM).put("at", Json.text(at));
        var list = file.putArray("heads");
        heads.forEach(head -> list.addObject()
                .put("tenant", head.tenant().toString())
                .put("company", head.company())
                .put("seq", head.head().seq())
                .put("hash", head.head().hash()));
        file.set("key", Json.readObject(key.toPublicJWK().toJSONString()));
        try {
            return file.put(
                    "signature", new ECDSASigner(key).sign(HEADER, bytes(file)).toString());
        } catch (JOSEException e) {
            throw new IllegalStateException("the key of this server cannot sign", e);
        }
    }

    /** @param key that of this server; a file signed by another is read too, and told apart */
    public static Read read(JsonNode file, ECKey key) {
        if (!(file instanceof ObjectNode object) || file.path("millrace_heads").asInt(0) != FORM) {
            return new Read.Bad(
                    "Expected a file of heads as GET /audit-logs/heads and ./millrace audit heads write it.");
        }
        try {
            ObjectNode signed = object.deepCopy();
            String signature = signed.path("signature").asString("");
            signed.remove("signature");
            ECKey signer = ECKey.parse(Json.write(file.path("key")));
            if (!new ECDSAVerifier(signer).verify(HEADER, bytes(signed), new Base64URL(signature))) {
                return new Read.Bad("The file was changed after it was signed: its signature does not fit.");
            }
            return new Read.Good(
                    Instant.parse(file.path("at").asString("")),
                    heads(file),
                    signer.computeThumbprint().equals(key.computeThumbprint()));
        } catch (JOSEException | ParseException | RuntimeException e) {
            return new Read.Bad("The file of heads cannot be read: " + e.getMessage());
        }
    }

    private static List<Head> heads(JsonNode file) {
        var heads = new ArrayList<Head>();
        for (JsonNode head : file.path("heads")) {
            heads.add(new Head(
                    UUID.fromString(head.path("tenant").asString("")),
                    head.path("company").asString(""),
                    new ChainHead(head.path("seq").asLong(), head.path("hash").asString(""))));
        }
        return heads;
    }

    private static byte[] bytes(ObjectNode file) {
        return Json.write(file).getBytes(StandardCharsets.UTF_8);
    }
}
