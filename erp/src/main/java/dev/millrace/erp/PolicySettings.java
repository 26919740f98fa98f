package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.PolicyRows;
import dev.millrace.language.Policies;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A company's policies, and changing them. Every method joins the caller's transaction. */
public final class PolicySettings {
    private final Trail trail;
    private final CompanyRows companies = new CompanyRows();
    private final PolicyRows rows = new PolicyRows();

    PolicySettings(Trail trail) {
        this.trail = trail;
    }

    public Versioned<Policies> get(Tx tx) {
        return rows.get(tx);
    }

    /** As {@link #get}; nobody else changes the company's settings until the transaction ends. */
    public Versioned<Policies> hold(Tx tx) {
        companies.hold(tx);
        return rows.get(tx);
    }

    /**
     * Sets all policies at once. The journal says which were changed, as they were and as they are; where none is,
     * nothing is written.
     */
    public Versioned<Policies> set(Tx tx, Policies policies, Actor actor) {
        Versioned<Policies> before = hold(tx);
        if (before.value().toJson().equals(policies.toJson())) {
            return before;
        }
        rows.put(tx, policies, actor.name());
        trail.write(
                tx,
                actor,
                "policy.changed",
                "company",
                tx.tenant(),
                Optional.of(differing(before.value(), policies)),
                Optional.of(differing(policies, before.value())),
                "policies");
        return rows.get(tx);
    }

    private static String differing(Policies policies, Policies from) {
        ObjectNode written = policies.toJson();
        from.toJson().forEachEntry((key, value) -> {
            if (value.equals(written.get(key))) {
                written.remove(key);
            }
        });
        return Json.write(written);
    }
}
