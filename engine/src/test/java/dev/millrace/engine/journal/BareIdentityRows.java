package dev.millrace.engine.journal;

import dev.millrace.engine.SealedEntry;
import dev.millrace.engine.Tx;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** A planted bug: follows the identity that an entry gets when it is written, and not the seal it gets after the commit. */
public final class BareIdentityRows extends FollowerRows {
    public BareIdentityRows(Jdbi jdbi) {
        super(jdbi);
    }

    @Override
    protected Page read(Tx tx, long after, Set<String> types) {
        List<SealedEntry> entries = tx.handle()
                .createQuery("""
                        select null::bigint as seq, j.n, %s from workflow_journal j
                         where j.tenant_id = :tenant and j.n > :after and j.type = any(:types) order by j.n limit 500""".formatted(JournalRows.COLUMNS))
                .bind("tenant", tx.tenant())
                .bind("after", after)
                .bindArray("types", String.class, types)
                .map((row, context) -> new SealedEntry(row.getLong("n"), JournalRows.stored(row)))
                .list();
        return new Page(entries.isEmpty() ? after : entries.getLast().seq(), entries);
    }
}
