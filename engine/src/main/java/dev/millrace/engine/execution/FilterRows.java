package dev.millrace.engine.execution;

import dev.millrace.engine.ExecutionFilter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;

/** An {@link ExecutionFilter} as conditions on {@code workflow_executions e}; only what is given, for the sake of plans. */
final class FilterRows {
    private FilterRows() {}

    static String sql(ExecutionFilter filter) {
        return when(filter.workflow(), " and e.workflow_name = :workflow")
                + when(filter.version(), " and e.version = :version")
                + when(filter.status(), " and e.status = :status")
                + when(filter.outcome(), " and e.outcome = :outcome")
                + when(filter.errorCode(), " and e.error ->> 'code' = :errorCode")
                + when(filter.from(), " and e.started_at >= :from")
                + when(filter.to(), " and e.started_at < :to")
                + (filter.ids().isEmpty() ? "" : " and e.id = any(:ids)");
    }

    private static String when(Optional<?> given, String condition) {
        return given.isPresent() ? condition : "";
    }

    static <T extends SqlStatement<T>> T bind(T statement, ExecutionFilter filter) {
        filter.workflow().ifPresent(workflow -> statement.bind("workflow", workflow));
        filter.version().ifPresent(version -> statement.bind("version", version));
        filter.status().ifPresent(status -> statement.bind("status", status));
        filter.outcome().ifPresent(outcome -> statement.bind("outcome", outcome));
        filter.errorCode().ifPresent(code -> statement.bind("errorCode", code));
        filter.from().ifPresent(from -> bind(statement, "from", from));
        filter.to().ifPresent(to -> bind(statement, "to", to));
        if (!filter.ids().isEmpty()) {
            statement.bindArray("ids", UUID.class, filter.ids());
        }
        return statement;
    }

    private static <T extends SqlStatement<T>> void bind(T statement, String name, Instant instant) {
        statement.bind(name, instant.atOffset(ZoneOffset.UTC));
    }
}
