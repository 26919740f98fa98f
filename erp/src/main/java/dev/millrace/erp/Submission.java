package dev.millrace.erp;

import dev.millrace.engine.Published;
import java.util.UUID;

/** What came of submitting an order for approval. */
public sealed interface Submission {
    /**
     * It is submitted and {@code purchase_order.created} is out. {@code order} is as it is now: approved already
     * where a rule or the company's setting says so.
     */
    record Submitted(PurchaseOrder order, Routing routing, Published published) implements Submission {}

    record NotFound(UUID id) implements Submission {}

    /** Only a draft can be submitted. */
    record WrongState(UUID id, PurchaseOrder.Status status) implements Submission {}

    /** The supplier must not be ordered from any more. */
    record SupplierRefused(InputProblem problem) implements Submission {}

    /** Who decides on a submitted order. */
    sealed interface Routing {
        /** Executions were started; they decide. */
        record Started(int executions) implements Routing {}

        /** Nobody: it waits, and Admin has a task. */
        record Held(String reason) implements Routing {}

        /** Nobody has to: it is approved. */
        record Approved(String by, String reason) implements Routing {}
    }
}
