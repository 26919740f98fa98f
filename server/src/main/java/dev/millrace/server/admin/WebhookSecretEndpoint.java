package dev.millrace.server.admin;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Trail;
import dev.millrace.erp.WebhookSecret;
import dev.millrace.erp.WebhookSecrets;
import dev.millrace.erp.WebhookSecrets.Made;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Listing;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What signs the company's webhooks. A secret is shown once, in the answer that makes it. */
@RestController
@RequestMapping("/api/v1/admin/webhook-secrets")
public class WebhookSecretEndpoint {
    private static final String PATH = "/api/v1/admin/webhook-secrets/";

    private final Engine engine;
    private final WebhookSecrets secrets;

    public WebhookSecretEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.secrets = erp.webhookSecrets(trail);
    }

    record WebhookSecretForm(
            @Describe("lower case; default signs where a step names no other")
            String name,

            @Describe("one of the receiver's, whsec_ and base64; made anew when absent")
            Optional<String> secret) {}

    record RotationForm(
            @Describe("one of the receiver's, whsec_ and base64; made anew when absent")
            Optional<String> secret) {}

    record WebhookSecretBody(
            String name, int version, Optional<Instant> previousUntil, String updatedBy, Instant updatedAt) {
        static WebhookSecretBody of(WebhookSecret secret) {
            return new WebhookSecretBody(
                    secret.name(), secret.version(), secret.previousUntil(), secret.updatedBy(), secret.updatedAt());
        }
    }

    /**
     * @param secret shown now and never again
     * @param previousUntil until when the one before signs too
     */
    record NewSecretBody(String name, int version, String secret, Optional<Instant> previousUntil) {
        static NewSecretBody of(Made.Done made) {
            return new NewSecretBody(
                    made.secret().name(),
                    made.secret().version(),
                    made.text(),
                    made.secret().previousUntil());
        }
    }

    @Operation(summary = "Names of the secrets that sign webhooks")
    @Needs("admin")
    @GetMapping
    Listing<WebhookSecretBody> list(Caller caller) {
        return engine.run(
                caller.tenant(),
                tx -> new Listing<>(
                        secrets.list(tx).stream().map(WebhookSecretBody::of).toList(), Optional.empty()));
    }

    @Operation(summary = "Make a secret; it is shown this once")
    @Needs("admin")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<NewSecretBody> create(Caller caller, @RequestBody Body<WebhookSecretForm> body) {
        WebhookSecretForm form = body.read();
        if (!WebhookSecrets.NAME.matcher(form.name()).matches()) {
            throw Refusal.invalid(
                    "out_of_range",
                    "name",
                    "Expected name to be lower-case letters, digits, - and _, a letter first, at most 63 of them.");
        }
        return engine.run(caller.tenant(), tx -> {
            Made.Done made = done(secrets.create(tx, form.name(), form.secret(), caller.actor()));
            return ResponseEntity.created(URI.create(PATH + form.name())).body(NewSecretBody.of(made));
        });
    }

    /** The one before signs too for 24 hours, so that the receiver can change over. */
    @Operation(summary = "Replace a secret; the new one is shown this once")
    @Needs("admin")
    @PostMapping("/{name}/rotate")
    NewSecretBody rotate(Caller caller, @PathVariable String name, @RequestBody Body<RotationForm> body) {
        return engine.run(
                caller.tenant(),
                tx -> NewSecretBody.of(done(secrets.rotate(tx, name, body.read().secret(), caller.actor()))));
    }

    @Operation(summary = "Delete a secret")
    @Needs("admin")
    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> delete(Caller caller, @PathVariable String name) {
        return engine.run(caller.tenant(), tx -> {
            if (!secrets.delete(tx, name, caller.actor())) {
                throw Refusal.notFound();
            }
            return ResponseEntity.noContent().build();
        });
    }

    private static Made.Done done(Made made) {
        return switch (made) {
            case Made.Done done -> done;
            case Made.NameTaken taken ->
                throw Refusal.conflict(
                        "name_taken", "There is a secret of this name: rotate it, or take another name.");
            case Made.NotFound none -> throw Refusal.notFound();
            case Made.NoSecret none ->
                throw Refusal.invalid(
                        "out_of_range", "secret", "Expected secret to be whsec_ and 24 to 64 bytes in base64.");
        };
    }
}
