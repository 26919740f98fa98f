package dev.millrace.server.demo;

import dev.millrace.erp.demo.DemoOrders.DemoOrder;
import dev.millrace.erp.demo.DemoStep;
import dev.millrace.server.demo.BillBook.Billed;
import dev.millrace.server.demo.OrderBook.Raised;
import dev.millrace.server.demo.Trade.Bill;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What happens to one order after it was decided, step by step as in the log. Of an order that was cancelled nothing is
 * delivered, but its supplier sends his first invoice all the same. Used by one thread at a time.
 */
final class Course {
    private static final Duration HANDLED_MOST = Duration.ofSeconds(60);
    private static final Person CLERK = Person.SURESH;
    private static final Person STOREKEEPER = Person.IMRAN;

    private final Trade trade;
    private final BillBook bills;
    private final LogTime time;
    private final Raised order;
    private final DemoOrder source;
    private final List<DemoStep> steps;
    private final List<Received> received = new ArrayList<>();
    private final List<Billed> billed = new ArrayList<>();
    private final Set<UUID> handled = new HashSet<>();
    private final Set<UUID> toPay = new LinkedHashSet<>();
    private final Map<Integer, BigDecimal> missing = new HashMap<>();
    private final Left left = new Left();
    private int next;

    /** A receipt that still counts. */
    private record Received(UUID id, int line, BigDecimal quantity) {}

    /** What of the log this ERP does not do, and why; in numbers. */
    static final class Left {
        private int creditNotes;
        private int refused;

        /** Invoices that were taken back after they were paid: a credit note, which is not handled. */
        int creditNotes() {
            return creditNotes;
        }

        /** Receipts and returns that no longer fit what was decided here. */
        int refused() {
            return refused;
        }
    }

    Course(Trade trade, BillBook bills, LogTime time, Raised order, DemoOrder source, boolean cancelled) {
        this.trade = trade;
        this.bills = bills;
        this.time = time;
        this.order = order;
        this.source = source;
        this.steps = cancelled
                ? source.steps().stream()
                        .filter(DemoStep.Invoice.class::isInstance)
                        .limit(1)
                        .toList()
                : source.steps();
    }

    Raised order() {
        return order;
    }

    Left left() {
        return left;
    }

    /** Takes every step before {@code end}. */
    void goUntil(Instant end) {
        while (next < steps.size() && steps.get(next).at().isBefore(end)) {
            take(steps.get(next));
            next++;
        }
    }

    /** What the log pays by now and is not known to be paid. */
    Collection<UUID> toPay() {
        return List.copyOf(toPay);
    }

    void paid(Collection<UUID> invoices) {
        toPay.removeAll(invoices);
    }

    private void take(DemoStep step) {
        switch (step) {
            case DemoStep.Receipt goods -> receive(goods);
            case DemoStep.ReceiptReversed back -> giveBack(back);
            case DemoStep.Invoice invoice -> bill(invoice);
            case DemoStep.InvoiceCancelled back -> takeBack(back);
            case DemoStep.Paid paid ->
                billed.stream().filter(b -> b.source().line() == paid.line()).forEach(b -> toPay.add(b.id()));
        }
    }

    private void receive(DemoStep.Receipt goods) {
        // An invoice that came before its goods is held first, as it was in the log.
        if (missing.getOrDefault(goods.line(), BigDecimal.ZERO).signum() > 0) {
            billed.stream().filter(b -> b.source().line() == goods.line()).forEach(this::awaitHandled);
        }
        try {
            UUID id = trade.receive(STOREKEEPER, order.id(), goods.line(), goods.quantity());
            received.add(new Received(id, goods.line(), goods.quantity()));
            missing.merge(goods.line(), goods.quantity().negate(), BigDecimal::add);
        } catch (TradeRefused e) {
            left.refused++;
        }
    }

    private void giveBack(DemoStep.ReceiptReversed back) {
        Optional<Received> meant = received.reversed().stream()
                .filter(r -> r.line() == back.line() && r.quantity().compareTo(back.quantity()) == 0)
                .findFirst();
        if (meant.isEmpty()) {
            left.refused++;
            return;
        }
        try {
            trade.giveBack(STOREKEEPER, meant.get().id(), "Sent back to " + order.supplier());
            received.remove(meant.get());
            missing.merge(back.line(), back.quantity(), BigDecimal::add);
        } catch (TradeRefused e) {
            left.refused++;
        }
    }

    private void bill(DemoStep.Invoice invoice) {
        UUID id = trade.bill(CLERK, source.supplierCode(), order.id(), invoice, time.dated(source, invoice));
        var bill = new Billed(id, order, invoice, source.isLast(invoice));
        bills.add(bill);
        billed.add(bill);
        missing.merge(invoice.line(), invoice.quantity(), BigDecimal::add);
    }

    /** The log does not say which one: the latest of the line with this quantity. */
    private void takeBack(DemoStep.InvoiceCancelled back) {
        for (Billed bill : billed.reversed()) {
            if (bill.source().line() == back.line() && bill.source().quantity().compareTo(back.quantity()) == 0) {
                Bill now = decided(bill);
                if (now.isUndecided() || now.status().equals("released")) {
                    trade.takeBack(CLERK, now, "The supplier took it back");
                    toPay.remove(bill.id());
                    missing.merge(back.line(), back.quantity().negate(), BigDecimal::add);
                    return;
                }
            }
        }
        left.creditNotes++;
    }

    /** Until the workflow has looked at it. */
    private void awaitHandled(Billed bill) {
        if (!handled.contains(bill.id())) {
            when(
                    bill,
                    "the match of " + bill.source().number(),
                    now -> !now.status().equals("received"));
            handled.add(bill.id());
        }
    }

    /** As soon as nobody is asked about it any more. */
    private Bill decided(Billed bill) {
        return when(
                bill, "a decision about " + bill.source().number(), now -> !now.isUndecided() || now.waitsForGoods());
    }

    private Bill when(Billed bill, String what, Predicate<Bill> is) {
        return Await.answer(
                what,
                HANDLED_MOST,
                () -> Optional.of(trade.look(CLERK, bill.id())).filter(is));
    }
}
