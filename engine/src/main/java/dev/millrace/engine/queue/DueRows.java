package dev.millrace.engine.queue;

import org.jdbi.v3.core.Jdbi;

/** What is due anywhere, asked in one statement. */
public final class DueRows {
    private final Jdbi jdbi;

    public DueRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Of which kinds there is something due, for any tenant. */
    public record Due(boolean executions, boolean schedules, boolean events, boolean bulks) {}

    // Each by the index that its function names.
    private static final String DUE = """
            select exists (select millrace_due_tenants()) as executions,
                   exists (select millrace_due_schedules()) as schedules,
                   exists (select millrace_matching_tenants()) as events,
                   exists (select millrace_bulk_tenants()) as bulks""";

    public Due read() {
        return jdbi.withHandle(h -> h.createQuery(DUE)
                .map((row, context) -> new Due(
                        row.getBoolean("executions"),
                        row.getBoolean("schedules"),
                        row.getBoolean("events"),
                        row.getBoolean("bulks")))
                .one());
    }
}
