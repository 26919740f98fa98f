package dev.millrace.erp.ledger;

import dev.millrace.erp.ledger.Posting.Party;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/**
 * A line as it stands in a journal: the account found, the amounts in both currencies.
 *
 * @param accountCode as the chart has it
 */
record Booked(
        UUID account,
        String accountCode,
        BigDecimal debit,
        BigDecimal credit,
        BigDecimal baseDebit,
        BigDecimal baseCredit,
        Optional<Party> party,
        Optional<String> costCenter,
        Optional<String> memo) {

    Booked mirrored(String because) {
        return new Booked(
                account,
                accountCode,
                /* debit= */ credit,
                /* credit= */ debit,
                /* baseDebit= */ baseCredit,
                /* baseCredit= */ baseDebit,
                party,
                costCenter,
                Optional.of(because));
    }
}
