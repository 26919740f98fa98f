package dev.millrace.erp.ledger;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.StepHerald;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** Undoes a journal that was posted by hand. */
@Named(
        value = "erp.ledger.reverse_journal",
        module = "finance",
        description = "Posts the mirror of a posted journal and links both.",
        setsState = true,
        failures = {"not_found", "already_reversed", "wrong_state", "control_account", "period_closed"})
@Affects(emits = LedgerEvents.POSTED)
public final class ReverseJournal implements LocalAction<ReverseJournal.Config, ReverseJournal.Output> {
    private final Ledger ledger;
    private final CompanyRows companies = new CompanyRows();

    public ReverseJournal(Ledger ledger) {
        this.ledger = ledger;
    }

    public record Config(
            @Describe("A posted journal that no document stands behind")
            UUID journalId,

            @Describe("In an open period; today without one")
            Optional<LocalDate> date,

            @Describe(value = "Why", least = 1, most = 500) String reason) {}

    public record Output(@Describe("The reversal") UUID journalId) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        LocalDate date = config.date().orElseGet(() -> companies.get(tx).today(tx.now()));
        return Refusals.asFailures(() ->
                new Output(ledger.reverse(tx, config.journalId(), date, config.reason(), false, new StepHerald(context))
                        .id()));
    }
}
