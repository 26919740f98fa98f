package dev.millrace.server.security;

import dev.millrace.engine.Engine;
import dev.millrace.engine.TenantInfo;
import dev.millrace.erp.Erp;
import dev.millrace.server.Settings;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a caller may know about themselves. */
@RestController
public class MeEndpoint {
    private final Engine engine;
    private final Erp erp;
    private final Settings settings;

    public MeEndpoint(Engine engine, Erp erp, Settings settings) {
        this.engine = engine;
        this.erp = erp;
        this.settings = settings;
    }

    record Me(
            User user,
            Tenant tenant,
            List<String> roles,
            List<String> permissions,
            List<String> modules,
            Map<String, Boolean> features) {}

    record User(UUID id, String name, String email) {}

    record Tenant(
            UUID id, String slug, String name, String currency, String country, String timeZone, String taxRegime) {}

    @Operation(summary = "Who I am, and what I may do")
    @Needs("workflow:read")
    @GetMapping("/api/v1/me")
    Me me(Caller caller) {
        TenantInfo tenant = engine.run(caller.tenant(), tx -> erp.directory().tenant(tx));
        return new Me(
                new User(caller.id(), caller.member().name(), caller.member().email()),
                new Tenant(
                        tenant.id(),
                        tenant.slug(),
                        tenant.name(),
                        tenant.currency(),
                        tenant.country(),
                        tenant.timeZone().getId(),
                        tenant.taxRegime()),
                sorted(caller.member().roles()),
                sorted(caller.permissions()),
                sorted(caller.modules()),
                Map.of("workflow_builder", settings.workflowBuilder()));
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
