package dev.millrace.erp;

import java.util.List;
import java.util.UUID;

/** What came of submitting a sales order. */
public sealed interface SalesSubmission {
    /**
     * It is submitted and {@code sales_order.created} is out. {@code order} is as it is now: confirmed already where a
     * rule or the company's setting says so, the customer's limit allows it and the goods are there.
     *
     * @param executions that it started
     */
    record Submitted(SalesOrder order, Submission.Routing routing, List<UUID> executions) implements SalesSubmission {
        public Submitted {
            executions = List.copyOf(executions);
        }
    }

    record NotFound(UUID id) implements SalesSubmission {}

    /** Submitted are drafts, orders that were sent back, and those on hold that were never confirmed. */
    record WrongState(SalesOrder order) implements SalesSubmission {}
}
