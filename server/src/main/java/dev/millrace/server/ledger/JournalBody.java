package dev.millrace.server.ledger;

import dev.millrace.erp.PostedJournal;
import dev.millrace.erp.PostedJournal.Header;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A journal, as it is answered.
 *
 * @param totalAmount of the debit side, in the journal's currency
 * @param amountBase the same in the company's
 * @param isManual not posted by a document's own service
 * @param accounts codes, each once, in the order of the lines
 * @param lines null in a list
 */
record JournalBody(
        UUID id,
        String journalNumber,
        PostedJournal.Status status,
        LocalDate date,
        String period,
        String narration,
        String currency,
        BigDecimal rate,
        BigDecimal totalAmount,
        BigDecimal amountBase,
        String sourceType,
        Optional<UUID> sourceId,
        Optional<String> reference,
        boolean isManual,
        Optional<UUID> reversalOf,
        String postedBy,
        Instant createdAt,
        List<String> accounts,
        Optional<List<PostedJournal.Line>> lines) {

    static JournalBody of(PostedJournal journal) {
        return of(journal.header(), Optional.of(journal.lines()));
    }

    static JournalBody listed(Header header) {
        return of(header, Optional.empty());
    }

    private static JournalBody of(Header header, Optional<List<PostedJournal.Line>> lines) {
        return new JournalBody(
                header.id(),
                header.number(),
                header.status(),
                header.date(),
                header.period(),
                header.narration(),
                header.currency(),
                header.rate(),
                header.total(),
                header.baseTotal(),
                header.sourceType(),
                header.sourceId(),
                header.reference(),
                header.isManual(),
                header.reversalOf(),
                header.postedBy(),
                header.createdAt(),
                header.accounts(),
                lines);
    }
}
