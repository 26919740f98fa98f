package dev.millrace.erp;

import java.util.List;
import java.util.UUID;

/** What came of submitting an order for approval. */
public sealed interface Submission {
    /**
     * It is submitted and {@code purchase_order.created} is out. {@code order} is as it is now: approved already
     * where a rule or the company's setting says so.
     *
     * @param executions that it started
     */
    record Submitted(PurchaseOrder order, Routing routing, List<UUID> executions) implements Submission {
        public Submitted {
            executions = List.copyOf(executions);
        }
    }

    record NotFound(UUID id) implements Submission {}

    /** Only a draft, or an order that was sent back, can be submitted. */
    record WrongState(UUID id, PurchaseOrder.Status status) implements Submission {}

    /** The supplier must not be ordered from any more. */
    record SupplierRefused(InputProblem problem) implements Submission {}

    /** Who decides on a submitted order. */
    sealed interface Routing {
        /** Executions were started; they decide. */
        record Started(int executions) implements Routing {}

        /**
         * Those who had sent it back; no event was emitted.
         *
         * @param requests made for them
         */
        record AskedAgain(int requests) implements Routing {}

        /** Nobody: it waits, and Admin has a task. */
        record Held(String reason) implements Routing {}

        /** Nobody has to: it is approved. */
        record Approved(String by, String reason) implements Routing {}
    }
}
