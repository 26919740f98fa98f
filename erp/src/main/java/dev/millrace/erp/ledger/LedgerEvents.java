package dev.millrace.erp.ledger;

import dev.millrace.engine.Json;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.language.EventType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The events of the ledger: their types and their payloads, both of the same record. */
public final class LedgerEvents {
    public static final String POSTED = "journal.posted";
    public static final String PERIOD_ENDED = "period.ended";

    static final String MODULE = "finance";
    static final String ENTITY = "journal";

    public static final List<EventType> TYPES = List.of(
            new EventType(POSTED, MODULE, "A journal was posted.", RecordShapes.of(Posted.class)),
            new EventType(PERIOD_ENDED, MODULE, "A calendar month ended.", RecordShapes.of(PeriodEnded.class)));

    private LedgerEvents() {}

    public record Posted(
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
            @Describe("What for") String narration) {}

    public record PeriodEnded(
            @Describe("The month, such as 2026-11") String period,

            @Describe("Documents of the month that are not posted")
            int openDocuments,

            @Describe("Journals that are not posted: none, they come into being posted")
            int unpostedJournals) {}

    /** A journal comes into being posted: none of a month is left to post. */
    static ObjectNode periodEnded(YearMonth month, int openDocuments) {
        return Json.tree(new PeriodEnded(month.toString(), openDocuments, 0));
    }

    static ObjectNode posted(JournalRows.Head head, List<Booked> lines) {
        return Json.tree(new Posted(
                head.id(),
                head.number(),
                head.date(),
                head.total(),
                head.currency(),
                !head.bySubLedger(),
                lines.stream().map(Booked::accountCode).distinct().toList(),
                head.postedBy(),
                head.narration()));
    }
}
