package dev.millrace.server.inbox;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Preferences;
import dev.millrace.erp.Trail;
import dev.millrace.server.request.Body;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the caller wants to be told. */
@RestController
@RequestMapping("/api/v1/me/preferences")
public class PreferenceEndpoint {
    private final Engine engine;
    private final Preferences preferences;

    PreferenceEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.preferences = erp.preferences(trail);
    }

    record Told(
            @Describe("messages come by e-mail too, with links to decide by")
            boolean email) {}

    @Operation(summary = "How I want to be told")
    @Needs("workflow:read")
    @GetMapping
    Told get(Caller caller) {
        return engine.run(caller.tenant(), tx -> new Told(preferences.byEmail(tx, caller.member())));
    }

    @Operation(summary = "Set how I want to be told")
    @Needs("workflow:read")
    @PutMapping
    Told set(Caller caller, @RequestBody Body<Told> body) {
        Told wanted = body.read();
        return engine.run(caller.tenant(), tx -> {
            preferences.setByEmail(tx, caller.member(), wanted.email());
            return wanted;
        });
    }
}
