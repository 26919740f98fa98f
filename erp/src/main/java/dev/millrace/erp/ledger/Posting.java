package dev.millrace.erp.ledger;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is to be posted. Lines are in the posting's currency; what they are in the company's own is their amount times
 * the rate, rounded half up at two decimals, and what rounding leaves over goes to {@link AccountRole#ROUNDING}.
 *
 * @param currency ISO 4217, one with two decimals
 * @param rate the company's currency for one of the posting's; 1 in the company's own
 * @param bySubLedger a document's own service posts: it alone may post to control accounts
 * @param postedBy in words, for people
 */
public record Posting(
        LocalDate date,
        String narration,
        String currency,
        BigDecimal rate,
        Source source,
        List<Line> lines,
        boolean bySubLedger,
        String postedBy) {
    public Posting {
        lines = List.copyOf(lines);
    }

    /**
     * What it is posted for: one posting for each, so that nothing is posted twice.
     *
     * @param type {@code goods_receipt}
     * @param reference what of the document: {@code posted}, {@code released}; without one any number may be posted
     */
    public record Source(String type, Optional<UUID> id, Optional<String> reference) {
        public Source(String type, UUID id, String reference) {
            this(type, Optional.of(id), Optional.of(reference));
        }
    }

    /**
     * Debit or credit is above zero and the other one zero; or both are zero, and the line is one in the company's
     * currency alone.
     *
     * @param base what it is in the company's currency where that is not the amount times the rate: positive for debit,
     *     negative for credit. A payable is paid at the rate at which it was booked.
     * @param party whose it is; an account of control kind {@code party} needs one
     */
    public record Line(
            Account account,
            BigDecimal debit,
            BigDecimal credit,
            Optional<BigDecimal> base,
            Optional<Party> party,
            Optional<String> costCenter,
            Optional<String> memo) {

        public Line(
                Account account, BigDecimal debit, BigDecimal credit, Optional<Party> party, Optional<String> memo) {
            this(account, debit, credit, Optional.empty(), party, Optional.empty(), memo);
        }

        public static Line debit(AccountRole role, BigDecimal amount) {
            return new Line(new Account.Role(role), amount, BigDecimal.ZERO, Optional.empty(), Optional.empty());
        }

        public static Line credit(AccountRole role, BigDecimal amount) {
            return new Line(new Account.Role(role), BigDecimal.ZERO, amount, Optional.empty(), Optional.empty());
        }

        /** Debit where the amount is positive, else credit; not for zero. */
        public static Line signed(Account account, BigDecimal amount) {
            return new Line(
                    account,
                    amount.max(BigDecimal.ZERO),
                    amount.negate().max(BigDecimal.ZERO),
                    Optional.empty(),
                    Optional.empty());
        }

        /** In the company's currency alone: debit where the amount is positive, else credit. */
        public static Line inBase(AccountRole role, BigDecimal amount) {
            return new Line(
                    new Account.Role(role),
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    Optional.of(amount),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        public Line of(Party whose) {
            return new Line(account, debit, credit, base, Optional.of(whose), costCenter, memo);
        }

        /** The same line, worth another amount in the company's currency than its own times the rate. */
        public Line worth(BigDecimal signedBase) {
            return new Line(account, debit, credit, Optional.of(signedBase), party, costCenter, memo);
        }
    }

    /** Which account is meant. */
    public sealed interface Account {
        /** The one that the company uses for this. */
        record Role(AccountRole role) implements Account {}

        /** By its code in the chart. */
        record Code(String code) implements Account {}

        record Id(UUID id) implements Account {}
    }

    /**
     * @param type {@code supplier}, {@code customer} or {@code employee}
     */
    public record Party(String type, UUID id) {}
}
