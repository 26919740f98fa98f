package dev.millrace.erp.ledger;

import dev.millrace.engine.Tx;
import dev.millrace.erp.PostingRefused;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/**
 * Locks the books up to a day within a month. Locks the company, then the periods up to that day, and so waits for those
 * who are posting; joins the caller's transaction.
 */
public final class BookLock {
    private static final String NEVER = "not locked";

    private final CompanyRows companies = new CompanyRows();
    private final PeriodRows periods = new PeriodRows();

    /** The last day on which nothing is posted any more. */
    public Optional<LocalDate> day(Tx tx) {
        return companies.lockDate(tx);
    }

    /**
     * Setting the day that holds already is success without a change.
     *
     * @param to empty: the books are not locked
     * @return it was another one before
     * @throws PostingRefused date_invalid: it is not over yet
     */
    public boolean set(Tx tx, Optional<LocalDate> to, Herald herald) {
        companies.hold(tx);
        LocalDate today = companies.get(tx).today(tx.now());
        if (to.filter(day -> !day.isBefore(today)).isPresent()) {
            throw new PostingRefused(
                    "date_invalid", "The books are locked up to a day that is over: name one before " + today);
        }
        Optional<LocalDate> before = companies.lockDate(tx);
        if (!companies.setLockDate(tx, to)) {
            return false;
        }
        to.ifPresent(day -> periods.holdUntil(tx, YearMonth.from(day).toString()));
        herald.journal(
                tx,
                "books.locked",
                "company",
                tx.tenant(),
                Optional.of(before.map(LocalDate::toString).orElse(NEVER)),
                Optional.of(to.map(LocalDate::toString).orElse(NEVER)),
                "the last day on which nothing is posted any more");
        return true;
    }
}
