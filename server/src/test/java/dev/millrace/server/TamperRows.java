package dev.millrace.server;

import dev.millrace.testkit.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What only somebody who owns the tables can do to the journal: switch its triggers off. */
final class TamperRows {
    private TamperRows() {}

    static void change(TestDatabase database, UUID tenant, String sql) {
        List<String> tables = List.of("workflow_journal", "journal_seals");
        Jdbi.create(database.owner()).useTransaction(h -> {
            h.execute("set local millrace.tenant = '" + tenant + "'");
            tables.forEach(table -> h.execute("alter table " + table + " disable trigger append_only"));
            h.execute(sql);
            tables.forEach(table -> h.execute("alter table " + table + " enable trigger append_only"));
        });
    }
}
