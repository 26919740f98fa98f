package dev.millrace.erp;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A journal as it stands in the ledger. */
public record PostedJournal(Header header, List<Line> lines) {
    public PostedJournal {
        lines = List.copyOf(lines);
    }

    /** What has become of it. */
    public enum Status {
        POSTED,
        /** Another one undoes it. */
        REVERSED
    }

    /**
     * @param period {@code 2026-11}
     * @param rate the company's currency for one of the journal's
     * @param total of the debit side, in the journal's currency
     * @param baseTotal the same in the company's
     * @param isManual not posted by a document's own service
     * @param accounts codes, each once, in the order of the lines
     * @param reversalOf the journal that this one undoes
     */
    public record Header(
            UUID id,
            String number,
            LocalDate date,
            String period,
            String narration,
            String currency,
            BigDecimal rate,
            BigDecimal total,
            BigDecimal baseTotal,
            String sourceType,
            Optional<UUID> sourceId,
            Optional<String> reference,
            boolean isManual,
            Status status,
            Optional<UUID> reversalOf,
            String postedBy,
            Instant createdAt,
            List<String> accounts) {
        public Header {
            accounts = List.copyOf(accounts);
        }
    }

    /**
     * @param debit in the journal's currency
     * @param baseDebit in the company's
     */
    public record Line(
            int lineNo,
            String accountCode,
            String accountName,
            BigDecimal debit,
            BigDecimal credit,
            BigDecimal baseDebit,
            BigDecimal baseCredit,
            Optional<String> partyType,
            Optional<UUID> partyId,
            Optional<String> costCenter,
            Optional<String> memo) {}
}
