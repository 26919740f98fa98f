package dev.millrace.erp.ledger;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.Company;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.StepHerald;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Posts a journal by hand: to every account but those that documents post to. */
@Named(
        value = "erp.ledger.journal_entry",
        module = "finance",
        description = "Posts a balanced journal; total debit must equal total credit.",
        setsState = true,
        failures = {
            "lines_invalid",
            "not_balanced",
            "account_unknown",
            "account_inactive",
            "control_account",
            "period_closed",
            "duplicate_reference"
        })
@Affects(amountOf = "config.lines", emits = LedgerEvents.POSTED)
public final class PostJournalEntry implements LocalAction<PostJournalEntry.Config, PostJournalEntry.Output> {
    /** The source of what is posted by hand and says no other. */
    public static final String MANUAL = "manual";

    private static final Predicate<String> IS_ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
            .asMatchPredicate();

    private final Ledger ledger;
    private final CompanyRows companies = new CompanyRows();

    public PostJournalEntry(Ledger ledger) {
        this.ledger = ledger;
    }

    public record Config(
            @Describe("In an open period; today without one")
            Optional<LocalDate> date,

            @Describe(value = "What for", least = 1, most = 500)
            String narration,

            @Describe(value = "Debit and credit, as much of one as of the other", least = 2, most = 200)
            List<Entry> lines,

            @Describe(value = "The company's own", as = Describe.As.CURRENCY)
            Optional<String> currency,

            @Describe("What it is posted for") Optional<String> sourceType,
            @Describe("The id of what it is posted for") Optional<UUID> sourceId,

            @Describe("Posted once for the same source") Optional<String> reference) {
        public Config {
            lines = List.copyOf(lines);
        }
    }

    public record Entry(
            @Describe("The account's code or id") String account,

            @Describe(value = "Above 0", least = 0, oneOf = "side")
            Optional<BigDecimal> debit,

            @Describe(value = "Above 0", least = 0, oneOf = "side")
            Optional<BigDecimal> credit,

            @Describe("supplier, customer or employee") Optional<String> partyType,
            @Describe("Whose line it is") Optional<UUID> partyId,
            @Describe("Cost center") Optional<String> costCenter,
            @Describe("Remark") Optional<String> memo) {}

    public record Output(
            @Describe("The journal's id") UUID journalId,
            @Describe("The journal's number") String journalNumber,
            @Describe("Of the debit side") BigDecimal total) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        Company company = companies.get(tx);
        String own = company.info().currency();
        if (!config.currency().orElse(own).equals(own)) {
            throw ActionFailure.permanent(
                    "lines_invalid",
                    "A journal by hand is in " + own + ", the company's currency: give the amounts in it");
        }
        var herald = new StepHerald(context);
        var posting = new Posting(
                config.date().orElseGet(() -> company.today(tx.now())),
                config.narration(),
                own,
                BigDecimal.ONE,
                new Posting.Source(config.sourceType().orElse(MANUAL), config.sourceId(), config.reference()),
                config.lines().stream().map(PostJournalEntry::line).toList(),
                false,
                herald.by());
        Journal journal = Refusals.asFailures(() -> ledger.post(tx, posting, herald));
        return new Output(journal.id(), journal.number(), journal.total());
    }

    private static Posting.Line line(Entry entry) {
        return new Posting.Line(
                IS_ID.test(entry.account())
                        ? new Posting.Account.Id(UUID.fromString(entry.account()))
                        : new Posting.Account.Code(entry.account()),
                entry.debit().orElse(BigDecimal.ZERO),
                entry.credit().orElse(BigDecimal.ZERO),
                Optional.empty(),
                entry.partyId().map(id -> new Posting.Party(entry.partyType().orElse(""), id)),
                entry.costCenter(),
                entry.memo());
    }
}
