package dev.millrace.erp.payments;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.millrace.engine.Tx;
import dev.millrace.erp.NewPayment;
import dev.millrace.erp.Payment;
import dev.millrace.erp.Payment.Direction;
import dev.millrace.erp.PostingRefused;
import dev.millrace.erp.payments.Payable.Owed;
import dev.millrace.language.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What is paid and who pays or is paid, whatever module it is of. Documents are locked by type and id, whoever asks in
 * which order.
 */
public final class Payables {
    private static final Comparator<Payment.Allocation> LOCK_ORDER = Comparator.comparing(
                    Payment.Allocation::documentType)
            .thenComparing(a -> a.documentId().toString());

    private final Map<String, Payable> documents;
    private final Map<String, Payee> people;

    /**
     * @param documents one for each type
     * @param people one for each type
     */
    public Payables(List<Payable> documents, List<Payee> people) {
        this.documents = documents.stream().collect(toUnmodifiableMap(Payable::type, Function.identity()));
        this.people = people.stream().collect(toUnmodifiableMap(Payee::type, Function.identity()));
    }

    Collection<Payable> documents() {
        return documents.values();
    }

    /**
     * @throws PostingRefused not_found
     */
    Payee.Facts payee(Tx tx, Payment.PartyType type, UUID id) {
        return Optional.ofNullable(people.get(PaymentRows.text(type)))
                .flatMap(people -> people.hold(tx, id))
                .orElseThrow(() -> new PostingRefused(
                        "not_found",
                        "Expected a " + PaymentRows.text(type) + " of this company at party_id but got '" + id + "'"));
    }

    /**
     * Takes what a payment is to pay off the open amounts.
     *
     * @throws PostingRefused document_not_payable, document_already_paid, over_allocation
     */
    List<Payment.Allocation> take(Tx tx, NewPayment payment, String currency) {
        var taken = new ArrayList<Payment.Allocation>();
        for (NewPayment.Allocation allocation : payment.allocations().stream()
                .sorted(Comparator.comparing(NewPayment.Allocation::documentType)
                        .thenComparing(a -> a.documentId().toString()))
                .toList()) {
            Payable payable = known(allocation.documentType());
            Owed owed = payable.hold(tx, allocation.documentId())
                    .orElseThrow(() -> notPayable("Expected a " + payable.type() + " of this company but got '"
                            + allocation.documentId() + "'"));
            check(payable, owed, payment, currency);
            take(tx, payable, owed, allocation.amount());
            taken.add(
                    new Payment.Allocation(payable.type(), owed.id(), allocation.amount(), owed.number(), owed.rate()));
        }
        return taken;
    }

    private static void check(Payable payable, Owed owed, NewPayment payment, String currency) {
        if (payable.direction() != payment.direction()) {
            throw notPayable(owed.number() + " is paid by "
                    + (payable.direction() == Direction.OUTGOING ? "outgoing" : "incoming") + " payments");
        }
        if (!owed.inForce()) {
            throw notPayable(owed.number() + " is not approved and posted: have it released first");
        }
        if (!owed.party().id().equals(payment.partyId())
                || !owed.party().type().equals(PaymentRows.text(payment.partyType()))) {
            throw notPayable(owed.number() + " is not of this " + PaymentRows.text(payment.partyType()));
        }
        if (!owed.currency().equals(currency)) {
            throw notPayable(owed.number() + " is in " + owed.currency() + ", not in " + currency);
        }
    }

    private static void take(Tx tx, Payable payable, Owed owed, BigDecimal amount) {
        if (owed.open().signum() == 0) {
            throw new PostingRefused(
                    "document_already_paid", owed.number() + " is paid, or promised to other payments, in full");
        }
        if (!payable.take(tx, owed.id(), amount)) {
            throw new PostingRefused(
                    "over_allocation",
                    "Of " + owed.number() + " " + Money.written(owed.open(), owed.currency()) + " is open, less than "
                            + Money.written(amount, owed.currency()));
        }
    }

    /**
     * What a draft pays is locked, and still in force.
     *
     * @throws PostingRefused document_not_payable
     */
    void requireInForce(Tx tx, List<Payment.Allocation> allocations) {
        for (Payment.Allocation allocation : sorted(allocations)) {
            boolean inForce = known(allocation.documentType())
                    .hold(tx, allocation.documentId())
                    .filter(Owed::inForce)
                    .isPresent();
            if (!inForce) {
                throw notPayable(allocation.number() + " is held, reversed or cancelled: cancel its payment");
            }
        }
    }

    /** What a payment pays stays as it is until the transaction ends. */
    void hold(Tx tx, List<Payment.Allocation> allocations) {
        sorted(allocations)
                .forEach(allocation -> known(allocation.documentType()).hold(tx, allocation.documentId()));
    }

    /** The draft or posted payment is no more. */
    void giveBack(Tx tx, List<Payment.Allocation> allocations) {
        for (Payment.Allocation allocation : sorted(allocations)) {
            Payable payable = known(allocation.documentType());
            payable.hold(tx, allocation.documentId());
            payable.giveBack(tx, allocation.documentId(), allocation.amount());
        }
    }

    /** Tells each document what of it is paid by now. */
    void settle(Tx tx, List<Payment.Allocation> allocations, PaymentRows rows) {
        for (Payment.Allocation allocation : sorted(allocations)) {
            known(allocation.documentType())
                    .settled(
                            tx,
                            allocation.documentId(),
                            rows.paid(tx, allocation.documentType(), allocation.documentId()));
        }
    }

    /** How many of the documents should have been paid before today. */
    int overdue(Tx tx, List<Payment.Allocation> allocations, LocalDate today) {
        return (int) sorted(allocations).stream()
                .flatMap(allocation -> known(allocation.documentType()).hold(tx, allocation.documentId()).stream())
                .filter(owed ->
                        owed.dueDate().filter(due -> due.isBefore(today)).isPresent())
                .count();
    }

    private static List<Payment.Allocation> sorted(List<Payment.Allocation> allocations) {
        return allocations.stream().sorted(LOCK_ORDER).toList();
    }

    private Payable known(String type) {
        return Optional.ofNullable(documents.get(type))
                .orElseThrow(() -> notPayable("Expected one of "
                        + documents.keySet().stream().sorted().toList() + " at document_type but got '" + type + "'"));
    }

    private static PostingRefused notPayable(String message) {
        return new PostingRefused("document_not_payable", message);
    }
}
