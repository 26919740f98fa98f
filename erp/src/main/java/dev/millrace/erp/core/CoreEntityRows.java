package dev.millrace.erp.core;

import dev.millrace.engine.Approvals;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.language.EntityType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What definitions may read of tasks and, as the engine keeps them, of approvals. */
public final class CoreEntityRows {
    private static final ReadableEntity TASK =
            new ReadableEntity(new EntityType("task", "core", RecordShapes.of(TaskRow.class)), "title", Set.of(), """
                    select id, title, status, due_at, role, member_id::text as "user", entity_type, entity_id
                      from tasks
                     where tenant_id = :tenant""");

    private static final ReadableEntity APPROVAL = new ReadableEntity(
            new EntityType("approval", "core", RecordShapes.of(ApprovalRow.class)),
            "workflow_name",
            Set.of("amount"),
            Approvals.READABLE);

    public static final List<ReadableEntity> ALL = List.of(TASK, APPROVAL);

    private CoreEntityRows() {}

    /** Where a task stands. */
    public enum TaskState {
        OPEN,
        DONE,
        CANCELLED
    }

    /** Where a request for approval stands. */
    public enum ApprovalState {
        PENDING,
        APPROVED,
        REJECTED,
        EXPIRED,
        RETURNED,
        SUPERSEDED,
        CANCELLED
    }

    /** A request for approval, as a query sees it. */
    public record ApprovalRow(
            @Describe("The request's id") UUID id,
            @Describe("Where it stands") ApprovalState status,
            @Describe("Which definition asks") String workflowName,
            @Describe("In which step") String stepId,
            @Describe("From 1") int level,
            @Describe("When it was asked") Instant createdAt,
            @Describe("Until when it can be decided") Instant expiresAt,
            @Describe("Whoever holds it decides") Optional<String> requiredRole,
            @Describe("The id of the member who decides") Optional<String> requiredUser,
            @Describe("Of what kind the document is") Optional<String> entityType,
            @Describe("Which document") Optional<UUID> entityId,
            @Describe("The amount at stake") Optional<BigDecimal> amount,

            @Describe(value = "Its currency", as = Describe.As.CURRENCY)
            Optional<String> currency,

            @Describe("The id of the member who asks") Optional<String> requester) {}

    /** A task, as a query sees it. */
    public record TaskRow(
            @Describe("The task's id") UUID id,
            @Describe("What is to be done") String title,
            @Describe("Where it stands") TaskState status,
            @Describe("Until when") Optional<Instant> dueAt,
            @Describe("Whoever holds it") Optional<String> role,

            @Describe("The id of the member who is to do it")
            Optional<String> user,

            @Describe("What it is about") Optional<String> entityType,
            @Describe("Which one") Optional<UUID> entityId) {}
}
