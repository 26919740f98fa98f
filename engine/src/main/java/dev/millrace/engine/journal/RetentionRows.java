package dev.millrace.engine.journal;

import dev.millrace.engine.RetentionSettings;
import dev.millrace.engine.Tx;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What is made ahead, dropped and deleted by age. The months of the journal go by the database's own function only. */
public final class RetentionRows {
    private final Jdbi jdbi;

    public RetentionRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Makes the monthly partitions from this month on. */
    void addMonths(int ahead) {
        jdbi.useHandle(h -> h.createQuery("select millrace_add_months(:ahead)")
                .bind("ahead", ahead)
                .mapTo(String.class)
                .list());
    }

    // A month that begins before and ends after the moment is kept.
    private static final String DROP_JOURNAL =
            "select millrace_drop_months('workflow_journal', millrace_books_from(:years))";

    /** @return whether a month was dropped, of every tenant at once, as a number */
    int dropJournal(int years) {
        return jdbi.withHandle(h -> h.createQuery(DROP_JOURNAL)
                .bind("years", years)
                .mapTo(Integer.class)
                .one());
    }

    private static final String DROP_EVENTS = """
            select millrace_drop_months('workflow_events', clock_timestamp() - make_interval(days => :days))""";

    /** @return whether a month was dropped, of every tenant at once, as a number */
    int dropEvents(int days) {
        return jdbi.withHandle(h -> h.createQuery(DROP_EVENTS)
                .bind("days", days)
                .mapTo(Integer.class)
                .one());
    }

    List<UUID> tenants() {
        return jdbi.withHandle(h -> h.createQuery("select millrace_journal_tenants()")
                .mapTo(UUID.class)
                .list());
    }

    /** Walks the tenant's part of each primary key, once an hour. */
    private static final List<String> PRUNES = List.of(
            "delete from event_keys where tenant_id = :tenant and created_at < millrace_now() - interval '90 days'",
            "delete from schedule_slots where tenant_id = :tenant and slot < millrace_now() - interval '400 days'",
            """
            delete from event_starts s
             where s.tenant_id = :tenant
               and not exists (select from workflow_events e where e.tenant_id = :tenant and e.id = s.event_row)""");

    /** @return rows deleted of the transaction's tenant */
    int prune(Tx tx) {
        return PRUNES.stream()
                .mapToInt(sql -> tx.handle()
                        .createUpdate(sql)
                        .bind("tenant", tx.tenant())
                        .execute())
                .sum();
    }

    // bulk_actions_pkey and bulk_items_pkey, one action at a time: it may have thousands of items.
    private static final String PRUNE_BULK = """
            with over as (
                select id from bulk_actions
                 where tenant_id = :tenant and finished_at < statement_timestamp() - interval '90 days'
                 order by id
                 limit 1
                   for update skip locked
            ), items as (
                delete from bulk_items where tenant_id = :tenant and bulk_id in (select id from over)
            )
            delete from bulk_actions where tenant_id = :tenant and id in (select id from over)""";

    /** @return whether an action that is over, and what became of each of its executions, was deleted, as a number */
    int pruneBulk(Tx tx) {
        return tx.handle().createUpdate(PRUNE_BULK).bind("tenant", tx.tenant()).execute();
    }

    // From midnight on what ended a day before: what goes is journaled once a day, and not with every pass.
    private static final String DROP_EXECUTIONS = """
            select millrace_drop_executions(
                coalesce(date_trunc('day', clock_timestamp(), 'UTC') - make_interval(days => :days::int),
                         millrace_books_from(:years)), :most)""";

    /** @return how many executions of the transaction's tenant were deleted, {@code most} at most */
    int dropExecutions(Tx tx, RetentionSettings kept, int most) {
        return tx.handle()
                .createQuery(DROP_EXECUTIONS)
                .bindByType("days", kept.executionDays().orElse(null), Integer.class)
                .bind("years", kept.journalYears())
                .bind("most", most)
                .mapTo(Integer.class)
                .one();
    }
}
