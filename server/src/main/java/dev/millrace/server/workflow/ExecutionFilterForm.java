package dev.millrace.server.workflow;

import java.util.List;

/** The words by which executions are filtered. */
final class ExecutionFilterForm {
    static final List<String> STATUSES =
            List.of("running", "waiting", "awaiting_approval", "completed", "failed", "cancelled");

    static final List<String> OUTCOMES =
            List.of("succeeded", "rejected", "expired", "stopped", "failed", "cancelled", "skipped");

    private ExecutionFilterForm() {}
}
