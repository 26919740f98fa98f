package dev.millrace.erp.sales;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Documents;
import dev.millrace.engine.Published;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Confirming;
import dev.millrace.erp.NotConfirmed;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.SalesOrder.Status;
import dev.millrace.erp.SalesSubmission;
import dev.millrace.erp.Submission.Routing;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.TaskRows;
import dev.millrace.erp.core.UnroutedNotice;
import dev.millrace.erp.core.UnroutedRule;
import dev.millrace.erp.sales.SalesOrderStates.Confirmation;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Submits sales orders, and sees to those that no definition decides on: they are confirmed as purchase orders are
 * approved, but only within the customer's limit, and if the goods are there.
 */
public final class SalesOrderSubmission {
    private static final String ENTITY = SalesOrderEvents.ORDER;

    private final SalesOrderStates states;
    private final UnroutedNotice notice;
    private final SalesOrderWriteRows writes = new SalesOrderWriteRows();
    private final SalesOrderReader reader = new SalesOrderReader();
    private final CustomerRows customers = new CustomerRows();
    private final CompanyRows companies = new CompanyRows();
    private final TaskRows tasks = new TaskRows();

    public SalesOrderSubmission(Directory directory, Supplier<UUID> ids, SalesOrderStates states) {
        this.states = states;
        this.notice = new UnroutedNotice(directory, ids);
    }

    /** Locks the order first, then what the event starts. */
    public SalesSubmission submit(Tx tx, UUID id, Documents documents, Herald herald) {
        Optional<SalesOrder> held = reader.hold(tx, id);
        if (held.isEmpty()) {
            return new SalesSubmission.NotFound(id);
        }
        Status before = held.get().status();
        if (!held.get().isOpen() || before == Status.PENDING_APPROVAL) {
            return new SalesSubmission.WrongState(held.get());
        }
        writes.submit(tx, id);
        herald.journal(
                tx,
                "sales_order.submitted",
                ENTITY,
                id,
                Optional.of(SalesOrderRows.text(before)),
                Optional.of("pending_approval"),
                "");
        tasks.closeForMembers(tx, ENTITY, id);
        // Where nobody waits for a returned order any more it begins anew.
        int asked = before == Status.RETURNED ? documents.resubmitted(tx, ENTITY, id, herald.actor()) : 0;
        return asked > 0
                ? new SalesSubmission.Submitted(reader.get(tx, id), new Routing.AskedAgain(asked), List.of())
                : publish(tx, reader.get(tx, id), herald);
    }

    private SalesSubmission publish(Tx tx, SalesOrder order, Herald herald) {
        Published published = herald.publish(
                tx,
                SalesOrderEvents.CREATED,
                SalesOrderEvents.told(
                        order, customers.byId(tx, order.header().customerId()).orElseThrow()));
        Routing routing = settle(
                tx,
                order,
                UnroutedRule.route(published, companies.get(tx).unroutedOrders(), SalesOrderEvents.CREATED),
                herald.asRule());
        return new SalesSubmission.Submitted(reader.get(tx, order.id()), routing, published.executions());
    }

    /**
     * @return what it has become: a rule confirms no order that its customer's limit or the stock does not allow
     */
    private Routing settle(Tx tx, SalesOrder order, Routing routing, Herald rule) {
        return switch (routing) {
            // The executions decide, or those that had it sent back.
            case Routing.Started started -> started;
            case Routing.AskedAgain again -> again;
            case Routing.Held held -> tellAdmin(tx, order, held, rule);
            case Routing.Approved approved -> confirm(tx, order, approved, rule);
        };
    }

    private Routing confirm(Tx tx, SalesOrder order, Routing.Approved approved, Herald rule) {
        var confirmation = new Confirmation(
                Optional.empty(), approved.by(), "confirmed by " + approved.by() + ": " + approved.reason(), false);
        Confirming confirming = states.confirm(tx, order.id(), confirmation, rule);
        return confirming instanceof Confirming.Confirmed
                ? approved
                : tellAdmin(
                        tx, order, new Routing.Held(NotConfirmed.of(confirming).words()), rule);
    }

    private Routing tellAdmin(Tx tx, SalesOrder order, Routing.Held held, Herald rule) {
        notice.tell(
                tx,
                new UnroutedNotice.Waiting(
                        ENTITY,
                        order.id(),
                        order.number(),
                        "of " + order.header().customerName(),
                        "Enable or mend a workflow and start the event again, or confirm or cancel the order by hand.",
                        "/sales-orders/" + order.id()),
                held.reason(),
                rule);
        return held;
    }
}
