package dev.millrace.server.inbox;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Members;
import dev.millrace.server.request.Body;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How members want to be told. */
@RestController
@RequestMapping("/api/v1/me/preferences")
public class PreferenceEndpoint {
    private final Engine engine;
    private final Members members;

    public PreferenceEndpoint(Engine engine, Erp erp) {
        this.engine = engine;
        this.members = erp.members();
    }

    record PreferenceForm(
            @Describe("whether what concerns me comes by e-mail too; as it is when absent")
            Optional<Boolean> email) {}

    /**
     * @param email in the app it comes always
     */
    record PreferenceBody(boolean email) {}

    @Needs("workflow:read")
    @GetMapping
    PreferenceBody get(Caller caller) {
        return engine.run(caller.tenant(), tx -> new PreferenceBody(members.prefersEmail(tx, caller.id())));
    }

    @Needs("workflow:read")
    @PutMapping
    PreferenceBody put(Caller caller, @RequestBody Body<PreferenceForm> body) {
        return engine.run(caller.tenant(), tx -> {
            body.read().email().ifPresent(wanted -> members.preferEmail(tx, caller.id(), wanted));
            return new PreferenceBody(members.prefersEmail(tx, caller.id()));
        });
    }
}
