package dev.millrace.erp.sales;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Confirming;
import dev.millrace.erp.Customer;
import dev.millrace.erp.Holding;
import dev.millrace.erp.SalesCancelling;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.SalesOrder.Status;
import dev.millrace.erp.StockKey;
import dev.millrace.erp.StockLevel;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.TaskRows;
import dev.millrace.erp.inventory.StockBook;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Confirms sales orders, puts them on hold and cancels them; keeps stock for those that are confirmed, and counts them for
 * their customers' limits. Locks the order, then the customer, then stock levels; joins the caller's transaction. Setting a
 * state that already holds is success without a change.
 */
public final class SalesOrderStates {
    private final StockBook stock;
    private final CreditExposure credit;
    private final SalesOrderRows rows = new SalesOrderRows();
    private final SalesOrderWriteRows writes = new SalesOrderWriteRows();
    private final SalesOrderReader reader = new SalesOrderReader();
    private final CustomerRows customers = new CustomerRows();
    private final TaskRows tasks = new TaskRows();

    public SalesOrderStates(StockBook stock, CreditExposure credit) {
        this.stock = stock;
        this.credit = credit;
    }

    /**
     * With what an order is confirmed.
     *
     * @param by in words, for people
     * @param comment for the journal
     * @param overridesLimit the customer may go over his limit; a credit hold stands all the same
     */
    public record Confirmation(Optional<UUID> approval, String by, String comment, boolean overridesLimit) {}

    /** Whether it can be confirmed by its state; it stays as it is until the transaction ends. */
    boolean awaitsConfirmation(Tx tx, UUID id) {
        return reader.hold(tx, id)
                .filter(order -> isConfirmable(order.status()))
                .isPresent();
    }

    private static boolean isConfirmable(Status status) {
        return status == Status.DRAFT || status == Status.PENDING_APPROVAL || status == Status.ON_HOLD;
    }

    /** Whether it was changed after it was submitted. */
    boolean isRevised(Tx tx, UUID id) {
        return rows.isRevised(tx, id);
    }

    public Confirming confirm(Tx tx, UUID id, Confirmation with, Herald herald) {
        Optional<SalesOrder> held = reader.hold(tx, id);
        if (held.isEmpty()) {
            return new Confirming.NotFound(id);
        }
        return switch (held.get().status()) {
            case CONFIRMED, PART_DELIVERED, DELIVERED, INVOICED, CLOSED ->
                new Confirming.Confirmed(held.get(), isReserved(held.get()), false);
            case RETURNED, CANCELLED -> new Confirming.WrongState(held.get());
            case DRAFT, PENDING_APPROVAL, ON_HOLD -> confirmHeld(tx, held.get(), with, herald);
        };
    }

    private Confirming confirmHeld(Tx tx, SalesOrder order, Confirmation with, Herald herald) {
        SalesOrder.Header header = order.header();
        Customer customer = customers.hold(tx, header.customerId()).orElseThrow();
        if (customer.creditHold()) {
            return new Confirming.CustomerBlocked(order);
        }
        BigDecimal exposure = customer.exposure().add(header.amountBase());
        if (!with.overridesLimit() && exposure.compareTo(customer.creditLimit()) > 0) {
            return new Confirming.OverLimit(order, exposure, customer.creditLimit());
        }
        Optional<StockLevel> lacking = stock.reserve(tx, sum(order, SalesOrder.Line::outstanding), herald);
        if (lacking.isPresent()) {
            return new Confirming.Insufficient(order, lacking.get());
        }
        writes.reserve(tx, order.id(), true);
        must(writes.confirm(tx, order.id(), with.approval(), with.by()), order.id());
        tasks.closeForMembers(tx, SalesOrderEvents.ORDER, order.id());
        credit.add(tx, customer.id(), header.amountBase(), header.number(), herald);
        SalesOrder confirmed = reader.get(tx, order.id());
        herald.journal(
                tx,
                SalesOrderEvents.CONFIRMED,
                SalesOrderEvents.ORDER,
                order.id(),
                Optional.of(SalesOrderRows.text(order.status())),
                Optional.of("confirmed"),
                with.comment());
        herald.publish(tx, SalesOrderEvents.CONFIRMED, SalesOrderEvents.told(confirmed, customer(tx, confirmed)));
        return new Confirming.Confirmed(confirmed, isReserved(confirmed), true);
    }

    /** What was kept for a confirmed order is free again, and it does not count for the limit. */
    public Holding hold(Tx tx, UUID id, String reason, Herald herald) {
        Optional<SalesOrder> held = reader.hold(tx, id);
        if (held.isEmpty()) {
            return new Holding.NotFound(id);
        }
        return switch (held.get().status()) {
            case ON_HOLD -> new Holding.Held(held.get(), false);
            case DRAFT, RETURNED, PART_DELIVERED, DELIVERED, INVOICED, CLOSED, CANCELLED ->
                new Holding.WrongState(held.get());
            case PENDING_APPROVAL, CONFIRMED -> {
                must(writes.putOnHold(tx, id, reason), id);
                release(tx, held.get(), herald);
                herald.journal(
                        tx,
                        "sales_order.on_hold",
                        SalesOrderEvents.ORDER,
                        id,
                        Optional.of(SalesOrderRows.text(held.get().status())),
                        Optional.of("on_hold"),
                        reason);
                yield new Holding.Held(reader.get(tx, id), true);
            }
        };
    }

    public SalesCancelling cancel(Tx tx, UUID id, String reason, Herald herald) {
        Optional<SalesOrder> held = reader.hold(tx, id);
        if (held.isEmpty()) {
            return new SalesCancelling.NotFound(id);
        }
        return switch (held.get().status()) {
            case CANCELLED -> new SalesCancelling.Cancelled(held.get(), false);
            case INVOICED, CLOSED -> new SalesCancelling.WrongState(held.get());
            case PART_DELIVERED, DELIVERED -> new SalesCancelling.HasDeliveries(held.get());
            case DRAFT, PENDING_APPROVAL, RETURNED, ON_HOLD, CONFIRMED -> {
                must(writes.cancel(tx, id, reason), id);
                tasks.closeForMembers(tx, SalesOrderEvents.ORDER, id);
                release(tx, held.get(), herald);
                SalesOrder cancelled = reader.get(tx, id);
                herald.journal(
                        tx,
                        SalesOrderEvents.CANCELLED,
                        SalesOrderEvents.ORDER,
                        id,
                        Optional.of(SalesOrderRows.text(held.get().status())),
                        Optional.of("cancelled"),
                        reason);
                herald.publish(
                        tx, SalesOrderEvents.CANCELLED, SalesOrderEvents.cancelled(cancelled, customer(tx, cancelled)));
                yield new SalesCancelling.Cancelled(cancelled, true);
            }
        };
    }

    /** What a confirmed order has taken is given back. */
    private void release(Tx tx, SalesOrder order, Herald herald) {
        if (order.status() != Status.CONFIRMED) {
            return;
        }
        credit.take(tx, order.header().customerId(), order.header().amountBase());
        Map<StockKey, BigDecimal> less = sum(order, line -> line.reservedQty().negate());
        if (stock.reserve(tx, less, herald).isPresent()) {
            throw new IllegalStateException("less is reserved in stock than for sales order " + order.id());
        }
        writes.reserve(tx, order.id(), false);
    }

    private static Map<StockKey, BigDecimal> sum(SalesOrder order, Function<SalesOrder.Line, BigDecimal> quantity) {
        Map<StockKey, BigDecimal> sums = new HashMap<>();
        order.lines()
                .forEach(line -> line.stock().ifPresent(key -> sums.merge(key, quantity.apply(line), BigDecimal::add)));
        return sums;
    }

    private static boolean isReserved(SalesOrder order) {
        return order.lines().stream().anyMatch(line -> line.reservedQty().signum() > 0);
    }

    private Customer customer(Tx tx, SalesOrder order) {
        return customers.byId(tx, order.header().customerId()).orElseThrow();
    }

    private static void must(boolean changed, UUID id) {
        if (!changed) {
            throw new IllegalStateException("sales order " + id + " changed while its row was locked");
        }
    }
}
