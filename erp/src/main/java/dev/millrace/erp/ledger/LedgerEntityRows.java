package dev.millrace.erp.ledger;

import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.erp.core.ReadableEntity;
import dev.millrace.language.EntityType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What definitions may read of the ledger. */
public final class LedgerEntityRows {
    public static final List<ReadableEntity> ALL = List.of(new ReadableEntity(
            new EntityType(LedgerEvents.ENTITY, LedgerEvents.MODULE, RecordShapes.of(JournalRow.class)),
            "journal_number",
            Set.of("total"),
            """
            select j.id, j.number as journal_number, j.date, j.total, j.currency::text as currency,
                   not j.by_sub_ledger as is_manual,
                   (select jsonb_agg(distinct a.code)
                      from journal_lines l
                      join accounts a on a.tenant_id = l.tenant_id and a.id = l.account_id
                     where l.tenant_id = j.tenant_id and l.journal_id = j.id) as accounts,
                   j.posted_by, j.narration, j.period::text as period, j.status, j.reversal_of
              from journals j
             where j.tenant_id = :tenant"""));

    private LedgerEntityRows() {}

    /** Whether a journal still counts. */
    public enum Standing {
        POSTED,
        REVERSED
    }

    /** A journal, as a query sees it. */
    public record JournalRow(
            @Describe("The journal's id") UUID id,
            @Describe("The journal's number") String journalNumber,
            @Describe("The day it is posted on") LocalDate date,

            @Describe("Of the debit side, in the journal's currency")
            BigDecimal total,

            @Describe(value = "The journal's currency", as = Describe.As.CURRENCY)
            String currency,

            @Describe("Not posted by a document's own service")
            boolean isManual,

            @Describe("Codes of the accounts") List<String> accounts,
            @Describe("In words, by whom") String postedBy,
            @Describe("What for") String narration,
            @Describe("The month, such as 2026-11") String period,
            @Describe("Reversed: another journal undoes it") Standing status,
            @Describe("The journal that it undoes") Optional<UUID> reversalOf) {
        public JournalRow {
            accounts = List.copyOf(accounts);
        }
    }
}
