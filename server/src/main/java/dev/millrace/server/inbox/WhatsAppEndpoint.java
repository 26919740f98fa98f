package dev.millrace.server.inbox;

import dev.millrace.engine.Json;
import dev.millrace.erp.Erp;
import dev.millrace.erp.WhatsAppReports;
import dev.millrace.server.Outside.Hook;
import dev.millrace.server.Settings;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.security.Public;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Where the WhatsApp Cloud API tells what became of messages. Without its settings there is no such address. */
@RestController
@RequestMapping("/api/v1/whatsapp/webhook")
public class WhatsAppEndpoint {
    private static final String HMAC = "HmacSHA256";
    private static final String SCHEME = "sha256=";

    private final WhatsAppReports reports;
    private final Optional<Hook> hook;

    public WhatsAppEndpoint(Erp erp, Settings settings) {
        this.reports = erp.whatsAppReports();
        this.hook = settings.outside().whatsAppHook();
    }

    /** The handshake, when the address is entered at Meta. */
    @Operation(summary = "Answer the check of the WhatsApp webhook")
    @Public
    @GetMapping
    ResponseEntity<String> verify(
            @RequestParam(name = "hub.mode", required = false) @Nullable String mode,
            @RequestParam(name = "hub.verify_token", required = false) @Nullable String token,
            @RequestParam(name = "hub.challenge", required = false) @Nullable String challenge) {
        Hook expected = hook.orElseThrow(Refusal::notFound);
        if (!"subscribe".equals(mode) || challenge == null || !isSame(expected.verifyToken(), token)) {
            throw Refusal.forbidden(
                    "forbidden", "Expected the verify token of this server's settings, but it is another one.");
        }
        return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(challenge);
    }

    /** May come again: then it changes nothing. */
    @Operation(
            summary = "Take reports of delivery from WhatsApp",
            responses = @ApiResponse(responseCode = "200", description = "taken", content = @Content))
    @Public
    @PostMapping
    ResponseEntity<Void> take(HttpServletRequest request) throws IOException {
        Hook expected = hook.orElseThrow(Refusal::notFound);
        byte[] body = request.getInputStream().readNBytes(Body.BYTES_MOST + 1);
        if (body.length > Body.BYTES_MOST) {
            throw Refusal.tooLarge(Body.BYTES_MOST);
        }
        if (!isSame(SCHEME + signature(expected.appSecret(), body), request.getHeader("X-Hub-Signature-256"))) {
            throw Refusal.of(
                    HttpStatus.UNAUTHORIZED,
                    "invalid_signature",
                    "Expected X-Hub-Signature-256 made with this server's app secret, but it is missing or another one.");
        }
        reports.take(read(body));
        return ResponseEntity.ok().build();
    }

    private static JsonNode read(byte[] body) {
        try {
            return Json.read(new String(body, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw Refusal.malformedJson(String.valueOf(e.getOriginalMessage()));
        }
    }

    private static boolean isSame(String expected, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
