package dev.millrace.server.admin;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.ErpCatalogue;
import dev.millrace.erp.ModuleSettings;
import dev.millrace.erp.Trail;
import dev.millrace.server.admin.BrokenDefinitions.Broken;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Listing;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which modules the company uses. */
@RestController
@RequestMapping("/api/v1/admin/modules")
public class ModuleEndpoint {
    private final Engine engine;
    private final ModuleSettings modules;
    private final BrokenDefinitions broken;

    public ModuleEndpoint(Engine engine, Erp erp, Trail trail, BrokenDefinitions broken) {
        this.engine = engine;
        this.modules = erp.modules(trail);
        this.broken = broken;
    }

    record ModuleForm(
            @Describe("whether the company uses it") boolean enabled) {}

    record ModuleBody(String name, boolean enabled) {}

    /**
     * @param broken enabled definitions that could not be saved any more: their steps fail when they come to it
     */
    record SwitchedBody(String name, boolean enabled, List<Broken> broken) {}

    @Operation(summary = "Modules, and which of them the company uses")
    @Needs("admin")
    @GetMapping
    Listing<ModuleBody> list(Caller caller) {
        Set<String> on = engine.run(caller.tenant(), modules::on);
        return new Listing<>(
                ErpCatalogue.MODULES.stream()
                        .map(name -> new ModuleBody(name, on.contains(name)))
                        .toList(),
                Optional.empty());
    }

    /** Deletes nothing when off: documents stay, steps of the module's actions fail with module_disabled. */
    @Operation(summary = "Switch a module on or off")
    @Needs("admin")
    @PatchMapping("/{id}")
    SwitchedBody change(Caller caller, @PathVariable String id, @RequestBody Body<ModuleForm> body) {
        if (!ErpCatalogue.MODULES.contains(id)) {
            throw Refusal.notFound();
        }
        return engine.run(caller.tenant(), tx -> {
            if (id.equals(ModuleSettings.CORE)) {
                throw Refusal.conflict("core_module", "The module core is always on: everything else stands on it.");
            }
            boolean enabled = body.read().enabled();
            modules.set(tx, id, enabled, caller.actor());
            engine.rulesChanged(tx);
            return new SwitchedBody(id, enabled, broken.in(tx));
        });
    }
}
