package dev.millrace.erp.ledger;

import dev.millrace.engine.Tx;
import dev.millrace.erp.core.Daybreak;
import dev.millrace.erp.core.Herald;
import java.time.LocalDate;
import java.time.YearMonth;

/** Says on the first of a month that the one before it has ended. */
public final class EndOfMonth implements Daybreak {
    private final PeriodStates periods;

    public EndOfMonth(PeriodStates periods) {
        this.periods = periods;
    }

    @Override
    public void begin(Tx tx, LocalDate day, Herald herald) {
        if (day.getDayOfMonth() == 1) {
            YearMonth ended = YearMonth.from(day).minusMonths(1);
            herald.publish(tx, LedgerEvents.PERIOD_ENDED, LedgerEvents.periodEnded(ended, periods.unposted(tx, ended)));
        }
    }
}
