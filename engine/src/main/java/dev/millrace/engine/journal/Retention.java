package dev.millrace.engine.journal;

import dev.millrace.engine.RetentionSettings;
import dev.millrace.engine.Transactions;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the months ahead, drops those that are over, deletes finished executions and keys by age. Every node may: all of it
 * is idempotent, and two that are at it pass over each other's rows.
 */
public final class Retention {
    private static final int MONTHS_AHEAD = 3;

    /** Executions of one transaction: bounds the time for which their rows are locked. */
    private static final int EXECUTIONS_AT_ONCE = 500;

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private final Transactions transactions;
    private final RetentionRows rows;
    private final RetentionSettings settings;

    public Retention(Transactions transactions, RetentionRows rows, RetentionSettings settings) {
        this.transactions = transactions;
        this.rows = rows;
        this.settings = settings;
    }

    /** @return how many months were dropped */
    public int runOnce() {
        rows.addMonths(MONTHS_AHEAD);
        int dropped = untilNone(() -> rows.dropJournal(settings.journalYears()))
                + untilNone(() -> rows.dropEvents(settings.eventDays()));
        if (dropped > 0) {
            log.info("{} months of journal and events were over and have been dropped", dropped);
        }
        for (UUID tenant : rows.tenants()) {
            transactions.run(tenant, rows::prune);
            untilNone(() -> transactions.run(tenant, rows::pruneBulk));
            int gone = untilNone(
                    () -> transactions.run(tenant, tx -> rows.dropExecutions(tx, settings, EXECUTIONS_AT_ONCE)));
            if (gone > 0) {
                log.info("{} executions of company {} were over their time and have been deleted", gone, tenant);
            }
        }
        return dropped;
    }

    /** Every tenant that has a journal. */
    public List<UUID> tenants() {
        return rows.tenants();
    }

    private static int untilNone(IntSupplier dropOne) {
        int all = 0;
        int dropped;
        do {
            dropped = dropOne.getAsInt();
            all += dropped;
        } while (dropped > 0);
        return all;
    }
}
