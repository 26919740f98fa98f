package dev.millrace.erp.ledger;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Closing;
import dev.millrace.erp.FiscalPeriod;
import dev.millrace.erp.FiscalPeriod.Status;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * Closes accounting periods and opens them again. Locks the company, then the period, and so waits for those who are
 * posting; joins the caller's transaction. Setting a state that already holds is success without a change.
 */
public final class PeriodStates {
    private final List<Unposted> documents;
    private final CompanyRows companies = new CompanyRows();
    private final PeriodRows periods = new PeriodRows();

    /**
     * @param documents whoever has documents that are to be posted
     */
    public PeriodStates(List<Unposted> documents) {
        this.documents = List.copyOf(documents);
    }

    /**
     * @param soft Accounts may still post
     */
    public Closing close(Tx tx, String period, boolean soft, Herald herald) {
        Optional<YearMonth> month = month(period);
        if (month.isEmpty()) {
            return new Closing.Invalid(period);
        }
        FiscalPeriod found = hold(tx, period);
        Status to = soft ? Status.SOFT_CLOSED : Status.CLOSED;
        if (found.status() == Status.CLOSED && soft) {
            return new Closing.AlreadyClosed(found);
        }
        int unposted = unposted(tx, month.get());
        if (found.status() == to) {
            return new Closing.Done(found, unposted, false);
        }
        if (!soft) {
            Optional<FiscalPeriod> previous = periods.openBefore(tx, period);
            if (previous.isPresent()) {
                return new Closing.PreviousOpen(previous.get());
            }
            if (unposted > 0) {
                return new Closing.Unposted(period, unposted);
            }
        }
        return set(tx, found, to, unposted, herald);
    }

    public Closing open(Tx tx, String period, Herald herald) {
        Optional<YearMonth> month = month(period);
        if (month.isEmpty()) {
            return new Closing.Invalid(period);
        }
        FiscalPeriod found = hold(tx, period);
        Optional<FiscalPeriod> next = periods.closedAfter(tx, period);
        if (next.isPresent()) {
            return new Closing.NextClosed(next.get());
        }
        int unposted = unposted(tx, month.get());
        return found.status() == Status.OPEN
                ? new Closing.Done(found, unposted, false)
                : set(tx, found, Status.OPEN, unposted, herald);
    }

    /** How many documents of the month are still to be posted. */
    public int unposted(Tx tx, YearMonth month) {
        return documents.stream()
                .mapToInt(module -> module.count(tx, month.atDay(1), month.atEndOfMonth()))
                .sum();
    }

    private FiscalPeriod hold(Tx tx, String period) {
        companies.hold(tx);
        periods.open(tx, period);
        return periods.hold(tx, period).orElseThrow();
    }

    private Closing set(Tx tx, FiscalPeriod found, Status to, int unposted, Herald herald) {
        if (!periods.set(tx, found.period(), found.status(), to)) {
            throw new IllegalStateException("period " + found.period() + " changed while its row was locked");
        }
        herald.journal(
                tx,
                to == Status.OPEN ? "period.opened" : "period.closed",
                "company",
                tx.tenant(),
                Optional.of(PeriodRows.text(found.status())),
                Optional.of(PeriodRows.text(to)),
                found.period());
        return new Closing.Done(new FiscalPeriod(found.period(), to), unposted, true);
    }

    private static Optional<YearMonth> month(String period) {
        try {
            return Optional.of(YearMonth.parse(period));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
