package dev.millrace.engine.journal;

import dev.millrace.engine.Tx;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whether the chains hold that executions keep of their own entries; see {@code V0007__chain.sql}. */
final class LinkRows {
    private static final int PAGE = 500;

    private LinkRows() {}

    /** An entry that does not fit the one before it, or a head without its entry. */
    record Misfit(UUID execution, int entry, Optional<Long> seq) {}

    // Walks workflow_journal_execution. What retention cut off has no entry before the first one kept.
    private static final String MISFITS = """
            with linked as (
                select j.*, lag(j.link) over history as before_link, lag(j.execution_seq) over history as before_seq
                  from workflow_journal j
                 where j.tenant_id = :tenant and j.execution_id = any(:executions)
                window history as (partition by j.execution_id order by j.execution_seq)
            ), misfit as (
                select l.execution_id, l.execution_seq, l.id
                  from linked l
                 where l.execution_seq <> coalesce(l.before_seq, case when :cut then l.execution_seq - 1 else 0 end) + 1
                    or (l.before_seq is not null or l.execution_seq = 1)
                       and l.link is distinct from millrace_link(null, coalesce(l.before_link, ''::bytea),
                           millrace_entry_digest(l.tenant_id, l.execution_id, l.execution_seq, l.id, l.at, l.type,
                               l.actor_kind, l.actor_id, l.actor_name, l.resource_type, l.resource_id, l.step_id,
                               l.definition_id, l.workflow_name, l.version, l.before, l.after, l.comment))
                union all
                select e.id, e.journal_count, null
                  from workflow_executions e
                 where e.tenant_id = :tenant and e.id = any(:executions)
                   and not exists (select from linked l where l.execution_id = e.id
                                      and l.execution_seq = e.journal_count and l.link = e.journal_head)
                   and (not :cut or exists (select from linked l where l.execution_id = e.id))
            )
            select m.execution_id, m.execution_seq, s.seq
              from misfit m left join journal_seals s on s.tenant_id = :tenant and s.journal_id = m.id
             order by s.seq nulls last, m.execution_id, m.execution_seq
             limit 1""";

    // By primary key.
    private static final String EXECUTIONS = """
            select id from workflow_executions where tenant_id = :tenant and id > :after order by id limit :limit""";

    /**
     * The first that is found.
     *
     * @param cut retention has taken something off the journal
     */
    static Optional<Misfit> firstMisfit(Tx tx, boolean cut) {
        UUID after = new UUID(0, 0);
        List<UUID> page;
        do {
            page = executions(tx, after);
            Optional<Misfit> misfit = page.isEmpty() ? Optional.empty() : misfit(tx, page, cut);
            if (misfit.isPresent()) {
                return misfit;
            }
            after = page.isEmpty() ? after : page.getLast();
        } while (page.size() == PAGE);
        return Optional.empty();
    }

    private static List<UUID> executions(Tx tx, UUID after) {
        return tx.handle()
                .createQuery(EXECUTIONS)
                .bind("tenant", tx.tenant())
                .bind("after", after)
                .bind("limit", PAGE)
                .mapTo(UUID.class)
                .list();
    }

    private static Optional<Misfit> misfit(Tx tx, List<UUID> executions, boolean cut) {
        return tx.handle()
                .createQuery(MISFITS)
                .bind("tenant", tx.tenant())
                .bindArray("executions", UUID.class, executions)
                .bind("cut", cut)
                .map((row, context) -> new Misfit(
                        row.getObject("execution_id", UUID.class),
                        row.getInt("execution_seq"),
                        Optional.ofNullable(row.getObject("seq", Long.class))))
                .findOne();
    }
}
