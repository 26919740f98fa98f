package dev.millrace.server.admin;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Trail;
import dev.millrace.erp.WebhookHosts;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Listing;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.net.URI;
import java.util.Locale;
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

/** Whom the company's webhooks may call: the policy webhook_hosts, one by one. */
@RestController
@RequestMapping("/api/v1/admin/webhook-hosts")
public class WebhookHostEndpoint {
    private static final String PATH = "/api/v1/admin/webhook-hosts/";

    private final Engine engine;
    private final WebhookHosts hosts;

    public WebhookHostEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.hosts = erp.webhookHosts(trail);
    }

    record WebhookHostForm(
            @Describe(value = "a name such as hooks.example.com, without scheme and port", least = 1, most = 253)
            String host) {}

    record WebhookHostBody(String host) {}

    @Operation(summary = "Hosts that webhooks may reach")
    @Needs("admin")
    @GetMapping
    Listing<WebhookHostBody> list(Caller caller) {
        return engine.run(
                caller.tenant(),
                tx -> new Listing<>(
                        hosts.list(tx).stream().map(WebhookHostBody::new).toList(), Optional.empty()));
    }

    /** 200 if it was allowed already. */
    @Operation(summary = "Allow a host for webhooks")
    @Needs("admin")
    @PostMapping
    ResponseEntity<WebhookHostBody> add(Caller caller, @RequestBody Body<WebhookHostForm> body) {
        String host = body.read().host().toLowerCase(Locale.ROOT);
        var answer = new WebhookHostBody(host);
        return engine.run(caller.tenant(), tx -> switch (hosts.add(tx, host, caller.actor())) {
            case DONE -> {
                engine.rulesChanged(tx);
                yield ResponseEntity.created(URI.create(PATH + host)).body(answer);
            }
            case KNOWN -> ResponseEntity.ok(answer);
            case REFUSED ->
                throw Refusal.invalid(
                        "out_of_range",
                        "host",
                        "Expected at most 200 hosts, each a name such as hooks.example.com without scheme, port and"
                                + " address, but got '" + host + "'.");
        });
    }

    /** Definitions that call it stay, and their steps fail with host_not_allowed. */
    @Operation(summary = "Allow a host no longer")
    @Needs("admin")
    @DeleteMapping("/{host}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> remove(Caller caller, @PathVariable String host) {
        return engine.run(caller.tenant(), tx -> {
            if (!hosts.remove(tx, host, caller.actor())) {
                throw Refusal.notFound();
            }
            engine.rulesChanged(tx);
            return ResponseEntity.noContent().build();
        });
    }
}
