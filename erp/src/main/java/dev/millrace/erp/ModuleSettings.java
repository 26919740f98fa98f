package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.NumberRows;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which modules a company has switched on. Switching one off deletes nothing: its documents stay, its steps fail when
 * it comes to them. Every method joins the caller's transaction; the caller tells the engine.
 */
public final class ModuleSettings {
    /** Always on. */
    public static final String CORE = "core";

    private final Trail trail;
    private final CompanyRows companies = new CompanyRows();
    private final NumberRows numbers = new NumberRows();

    ModuleSettings(Trail trail) {
        this.trail = trail;
    }

    /** Names of those switched on. */
    public Set<String> on(Tx tx) {
        return companies.modules(tx);
    }

    /**
     * Switches one on or off; nothing happens where it is so already.
     *
     * @param module out of {@link ErpCatalogue#MODULES}, but not {@link #CORE}
     */
    public void set(Tx tx, String module, boolean on, Actor actor) {
        if (module.equals(CORE) || !ErpCatalogue.MODULES.contains(module)) {
            throw new IllegalArgumentException("Expected a module that can be switched but got " + module);
        }
        companies.hold(tx);
        if (on(tx).contains(module) == on) {
            return;
        }
        if (on) {
            companies.addModules(tx, List.of(module));
            Company company = companies.get(tx);
            String year = company.fiscalYear(company.today(tx.now()));
            TenantOnboarding.seriesOf(List.of(module)).forEach(series -> numbers.open(tx, series, year));
        } else {
            companies.removeModule(tx, module);
        }
        trail.write(
                tx,
                actor,
                on ? "module.enabled" : "module.disabled",
                "company",
                tx.tenant(),
                Optional.of(on ? "off" : "on"),
                Optional.of(on ? "on" : "off"),
                module);
    }
}
