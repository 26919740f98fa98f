package dev.millrace.engine;

import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestTemplate;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** The engine's tables, with a clock that can be moved and the table in which tests count effects. */
final class EngineDatabase {
    static final TestTemplate TEMPLATE = TestDatabase.template("engine", EngineDatabase::migrate);

    private EngineDatabase() {}

    private static void migrate(DataSource owner) {
        Schema.migrate(owner, List.of());
        Schema.makeClockMovable(owner);
        Jdbi.create(owner).useHandle(h -> h.createScript(TrialActions.TABLE).execute());
    }
}
