package dev.millrace.engine.policy;

import dev.millrace.engine.Tx;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/** Reads of {@code approval_requests}: which steps of an execution people have approved. */
final class GrantRows {
    /**
     * A document.
     *
     * @param type {@code purchase_order}
     */
    record Document(String type, UUID id) {}

    // approval_requests_execution.
    private static final String GRANTED = """
            select count(distinct step_id)
              from approval_requests
             where tenant_id = :tenant and execution_id = :execution and step_id = any(:steps)
               and status = 'approved' and not automatic
               and (:type::text is null or (entity_type = :type::text and entity_id = :id::uuid))""";

    /**
     * How many of the steps were approved by people, not by time.
     *
     * @param about only approvals of this document; of any when empty
     */
    int granted(Tx tx, UUID execution, Collection<String> steps, Optional<Document> about) {
        return tx.handle()
                .createQuery(GRANTED)
                .bind("tenant", tx.tenant())
                .bind("execution", execution)
                .bindArray("steps", String.class, steps)
                .bind("type", about.map(Document::type))
                .bind("id", about.map(document -> document.id().toString()))
                .mapTo(Integer.class)
                .one();
    }
}
