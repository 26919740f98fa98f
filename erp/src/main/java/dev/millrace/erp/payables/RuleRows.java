package dev.millrace.erp.payables;

import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.MatchTolerances.Overrides;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** The tables {@code match_tolerances} and {@code msme_payment_days}: what is set, and what the law says. */
final class RuleRows {
    // Index: match_tolerances_pkey.
    private static final String TOLERANCES = """
            select overrides::text from match_tolerances where tenant_id = :tenant and scope = :scope
            """;

    /**
     * @param scope the company's id or a supplier's
     */
    Overrides tolerances(Tx tx, UUID scope) {
        return tx.handle()
                .createQuery(TOLERANCES)
                .bind("tenant", tx.tenant())
                .bind("scope", scope)
                .mapTo(String.class)
                .findOne()
                .map(json -> Json.bind(Json.readObject(json), Overrides.class))
                .orElse(Overrides.NONE);
    }

    private static final String SET_TOLERANCES = """
            insert into match_tolerances as m (tenant_id, scope, overrides)
            values (:tenant, :scope, :overrides::json)
                on conflict (tenant_id, scope)
                do update set overrides = excluded.overrides, version = m.version + 1, updated_at = millrace_now()
            """;

    void setTolerances(Tx tx, UUID scope, Overrides overrides) {
        tx.handle()
                .createUpdate(SET_TOLERANCES)
                .bind("tenant", tx.tenant())
                .bind("scope", scope)
                .bind("overrides", Json.write(Json.tree(overrides)))
                .execute();
    }

    // Index: msme_payment_days_pkey read backwards.
    private static final String MSME = """
            select most, not_agreed from msme_payment_days where valid_from <= :day order by valid_from desc limit 1
            """;

    /** What the law of the day says; empty before there was one. */
    Optional<DueDates.Msme> msme(Tx tx, LocalDate day) {
        return tx.handle()
                .createQuery(MSME)
                .bind("day", day)
                .map((row, context) -> new DueDates.Msme(row.getInt("most"), row.getInt("not_agreed")))
                .findOne();
    }
}
