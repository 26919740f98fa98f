package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.SeededTemplates.Shelf;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.DayRows;
import dev.millrace.erp.core.MemberRows;
import dev.millrace.erp.core.NumberRows;
import dev.millrace.erp.ledger.ChartOfAccounts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Sets up a company: its modules, the roles, its chart of accounts, its number series, its first people and the
 * definitions that it begins with. Its calendar is the usual one until it sets another.
 */
public final class TenantOnboarding {
    private final Trail trail;
    private final Supplier<UUID> ids;
    private final Shelf shelf;
    private final CompanyRows companies = new CompanyRows();
    private final MemberRows members = new MemberRows();
    private final DayRows days = new DayRows();
    private final NumberRows numbers = new NumberRows();
    private final ChartOfAccounts chart;

    TenantOnboarding(Trail trail, Supplier<UUID> ids, Shelf shelf) {
        this.trail = trail;
        this.ids = ids;
        this.shelf = shelf;
        this.chart = new ChartOfAccounts(ids);
    }

    /** What came of it. */
    public sealed interface Onboarded {
        /** The company is there; its id is the transaction's tenant. */
        record Created(Company company) implements Onboarded {}

        /** Another company has the slug; nothing was written. */
        record SlugTaken(String slug) implements Onboarded {}

        /** People hold roles that no company begins with; nothing was written. */
        record UnknownRoles(Set<String> roles) implements Onboarded {}
    }

    /**
     * Creates the company of the transaction's tenant, for which the caller picked a new id. Joins the caller's
     * transaction.
     */
    public Onboarded create(Tx tx, NewCompany company) {
        var unknown = new TreeSet<String>();
        company.people().forEach(person -> unknown.addAll(person.roles()));
        unknown.removeAll(Permissions.ROLES);
        if (!unknown.isEmpty()) {
            return new Onboarded.UnknownRoles(unknown);
        }
        if (companies.bySlug(tx, company.slug()).isPresent()) {
            return new Onboarded.SlugTaken(company.slug());
        }
        companies.insert(tx, company);
        companies.addModules(tx, company.modules());
        companies.addRoles(tx, Permissions.ROLES);
        journal(tx, "company.created", "company", tx.tenant(), company.name());
        for (NewCompany.NewMember person : company.people()) {
            UUID id = ids.get();
            members.insert(tx, id, person);
            journal(tx, "member.added", "member", id, person.name() + ": " + String.join(", ", person.roles()));
        }
        Company created = companies.get(tx);
        // Whatever the modules: one that is switched on later finds it.
        chart.seed(tx);
        String year = created.fiscalYear(created.today(tx.now()));
        seriesOf(company.modules()).forEach(series -> numbers.open(tx, series, year));
        LocalDate tomorrow = created.today(tx.now()).plusDays(1);
        days.open(tx, tomorrow, CompanyDays.beginning(tomorrow, created.info().timeZone()));
        SeededTemplates.of(Set.copyOf(company.modules()), company.taxRegime())
                .forEach(template -> shelf.enable(tx, template));
        return new Onboarded.Created(created);
    }

    static List<String> seriesOf(List<String> modules) {
        var series = new ArrayList<String>();
        if (modules.contains("procurement")) {
            series.add("PO");
        }
        if (modules.contains("finance")) {
            series.add("JV");
        }
        return series;
    }

    private void journal(Tx tx, String type, String resourceType, UUID id, String comment) {
        trail.write(tx, Actor.SYSTEM, type, resourceType, id, Optional.empty(), Optional.empty(), comment);
    }
}
