package dev.millrace.erp.procurement;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Documents;
import dev.millrace.engine.Published;
import dev.millrace.engine.Tx;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.Submission;
import dev.millrace.erp.Submission.Routing;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.TaskRows;
import dev.millrace.erp.core.UnroutedNotice;
import dev.millrace.erp.core.UnroutedRule;
import dev.millrace.erp.procurement.OrderRows.Standing;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Submits orders for approval, and sees to those that no definition decides on. */
public final class OrderSubmission {
    private static final String ENTITY = OrderDocument.TYPE;

    private final OrderStates states;
    private final UnroutedNotice notice;
    private final OrderRows rows = new OrderRows();
    private final OrderWriteRows writes = new OrderWriteRows();
    private final OrderReader reader = new OrderReader();
    private final SupplierRows suppliers = new SupplierRows();
    private final CompanyRows companies = new CompanyRows();
    private final TaskRows tasks = new TaskRows();

    public OrderSubmission(Directory directory, Supplier<UUID> ids, OrderStates states) {
        this.states = states;
        this.notice = new UnroutedNotice(directory, ids);
    }

    /** Locks the order first, then what the event starts. */
    public Submission submit(Tx tx, UUID id, Documents documents, Herald herald) {
        Optional<Standing> standing = rows.hold(tx, id);
        if (standing.isEmpty()) {
            return new Submission.NotFound(id);
        }
        PurchaseOrder.Status before = standing.get().status();
        if (before != PurchaseOrder.Status.DRAFT && before != PurchaseOrder.Status.RETURNED) {
            return new Submission.WrongState(id, before);
        }
        Optional<InputProblem> refusal = suppliers
                .byId(tx, reader.get(tx, id).header().supplierId())
                .flatMap(supplier -> OrderCheck.refusal(supplier, "supplier_code"));
        if (refusal.isPresent()) {
            return new Submission.SupplierRefused(refusal.get());
        }
        writes.submit(tx, id);
        herald.journal(
                tx,
                "purchase_order.submitted",
                ENTITY,
                id,
                Optional.of(OrderRows.text(before)),
                Optional.of("pending_approval"),
                "");
        tasks.closeForMembers(tx, ENTITY, id);
        // Where nobody waits for a returned order any more it begins anew.
        int asked = before == PurchaseOrder.Status.RETURNED ? documents.resubmitted(tx, ENTITY, id, herald.actor()) : 0;
        return asked > 0
                ? new Submission.Submitted(reader.get(tx, id), new Routing.AskedAgain(asked), List.of())
                : publish(tx, id, herald);
    }

    private Submission publish(Tx tx, UUID id, Herald herald) {
        Published published = herald.publish(
                tx, OrderEvents.CREATED, OrderEvents.created(reader.get(tx, id), rows.supplierIsNew(tx, id)));
        Routing routing = UnroutedRule.route(published, companies.get(tx).unroutedOrders(), OrderEvents.CREATED);
        settle(tx, id, routing, herald.asRule());
        return new Submission.Submitted(reader.get(tx, id), routing, published.executions());
    }

    private void settle(Tx tx, UUID id, Routing routing, Herald rule) {
        switch (routing) {
            case Routing.Started started -> {
                // The executions decide.
            }
            case Routing.AskedAgain again -> {
                // So do those that had it sent back.
            }
            case Routing.Held held -> notice.tell(tx, waiting(reader.get(tx, id)), held.reason(), rule);
            case Routing.Approved approved ->
                states.lock(
                        tx,
                        id,
                        Optional.empty(),
                        approved.by(),
                        "approved by " + approved.by() + ": " + approved.reason(),
                        rule);
        }
    }

    private static UnroutedNotice.Waiting waiting(PurchaseOrder order) {
        return new UnroutedNotice.Waiting(
                ENTITY,
                order.id(),
                order.number(),
                "from " + order.header().supplierName(),
                "Enable or mend a workflow and start the event again, or approve or cancel the order by hand.",
                "/purchase-orders/" + order.id());
    }
}
