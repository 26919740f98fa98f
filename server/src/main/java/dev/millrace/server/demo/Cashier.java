package dev.millrace.server.demo;

import dev.millrace.server.demo.Trade.Bill;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Pays what the log pays: drafts a payment to each supplier, and proposes them as a run that others sign. */
final class Cashier {
    private static final Person CLERK = Person.SURESH;

    private final Trade trade;
    private final List<Course> courses;

    Cashier(Trade trade, List<Course> courses) {
        this.trade = trade;
        this.courses = List.copyOf(courses);
    }

    /** Proposes a run of all that is to be paid by now and is in the books; false: there is nothing. */
    boolean propose() {
        Map<UUID, Bill> unpaid = trade.unpaid(CLERK).stream().collect(Collectors.toMap(Bill::id, bill -> bill));
        var bySupplier = new TreeMap<UUID, Map<UUID, BigDecimal>>();
        for (Course course : courses) {
            for (UUID id : course.toPay()) {
                Optional.ofNullable(unpaid.get(id))
                        .ifPresent(invoice -> bySupplier
                                .computeIfAbsent(invoice.supplier(), supplier -> new TreeMap<>())
                                .put(id, invoice.open()));
            }
        }
        if (bySupplier.isEmpty()) {
            return false;
        }
        List<UUID> drafts = bySupplier.entrySet().stream()
                .map(e -> trade.draftPayment(CLERK, e.getKey(), e.getValue()))
                .toList();
        trade.proposeRun(CLERK, drafts);
        List<UUID> taken = bySupplier.values().stream()
                .flatMap(amounts -> amounts.keySet().stream())
                .toList();
        courses.forEach(course -> course.paid(taken));
        return true;
    }

    /**
     * What came of paying something a second time.
     *
     * @param invoice the company's own number
     * @param wasOpen before, and not paid
     * @param refusals codes, one for each attempt that was refused
     * @param drafts those that were not
     */
    record Second(String invoice, boolean wasOpen, int attempts, List<String> refusals, List<UUID> drafts) {
        private static final Set<String> REFUSALS = Set.of("document_already_paid", "over_allocation");

        Second {
            refusals = List.copyOf(refusals);
            drafts = List.copyOf(drafts);
        }

        /** Of one that was paid none went through, of one that was open one. */
        boolean isRefused() {
            return refusals.size() == attempts - (wasOpen ? 1 : 0)
                    && REFUSALS.containsAll(refusals)
                    && drafts.size() == attempts - refusals.size();
        }
    }

    /** Tries to pay an invoice again that is paid, and to pay one that is open from two desks at the same moment. */
    List<Second> payTwice(Collection<UUID> bills) {
        List<Bill> all =
                bills.stream().sorted().map(id -> trade.look(CLERK, id)).toList();
        var attempts = new ArrayList<Second>();
        first(all, "paid").ifPresent(paid -> attempts.add(pay(paid, 1)));
        first(all, "released").ifPresent(open -> {
            Second second = pay(open, 2);
            second.drafts().forEach(draft -> trade.postPayment(CLERK, draft));
            attempts.add(second);
        });
        return attempts;
    }

    private static Optional<Bill> first(List<Bill> all, String status) {
        return all.stream().filter(invoice -> invoice.status().equals(status)).findFirst();
    }

    private Second pay(Bill invoice, int times) {
        var refusals = new ArrayList<String>();
        var drafts = new ArrayList<UUID>();
        Callable<UUID> attempt =
                () -> trade.draftPayment(CLERK, invoice.supplier(), Map.of(invoice.id(), invoice.total()));
        try (var desks = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var made : desks.invokeAll(Collections.nCopies(times, attempt))) {
                try {
                    drafts.add(made.get());
                } catch (ExecutionException e) {
                    refusals.add(code(e));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("Interrupted while paying");
        }
        return new Second(invoice.number(), invoice.status().equals("released"), times, refusals, drafts);
    }

    private static String code(ExecutionException e) {
        if (e.getCause() instanceof TradeRefused refused) {
            return refused.code();
        }
        throw new DemoFailed("Paying failed", e);
    }
}
