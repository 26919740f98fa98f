package dev.millrace.erp.payments;

import dev.millrace.engine.Tx;
import dev.millrace.erp.NewPayment;
import dev.millrace.erp.Payment;
import dev.millrace.erp.Payment.Direction;
import dev.millrace.erp.Payment.Method;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.ledger.Posting.Party;
import dev.millrace.erp.payments.Payable.Owed;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Drafts payments of what is due, one for each party and at most so many documents in one. */
final class DueDocuments {
    private final PaymentEntry entry;
    private final Payables payables;

    DueDocuments(PaymentEntry entry, Payables payables) {
        this.entry = entry;
        this.payables = payables;
    }

    /** Parties whose payment would be refused, because they are blocked, are left out. */
    List<Payment> draft(Tx tx, LocalDate until, String currency, int most, Herald herald) {
        Map<Party, List<NewPayment.Allocation>> byParty = new LinkedHashMap<>();
        payables.documents().stream()
                .filter(payable -> payable.direction() == Direction.OUTGOING)
                .sorted(Comparator.comparing(Payable::type))
                .forEach(payable -> payable.due(tx, until, currency).stream()
                        .sorted(Comparator.comparing(Object::toString))
                        .flatMap(id -> payable.hold(tx, id).stream())
                        .filter(owed -> owed.inForce() && owed.open().signum() > 0)
                        .forEach(owed -> byParty.computeIfAbsent(owed.party(), party -> new ArrayList<>())
                                .add(allocation(payable, owed))));
        return byParty.entrySet().stream()
                .filter(due -> !payables.payee(
                                tx, type(due.getKey()), due.getKey().id())
                        .blocked())
                .limit(most)
                .map(due -> entry.draft(tx, payment(due.getKey(), due.getValue(), until, currency), herald))
                .toList();
    }

    private static NewPayment.Allocation allocation(Payable payable, Owed owed) {
        return new NewPayment.Allocation(payable.type(), owed.id(), owed.open());
    }

    private static NewPayment payment(Party party, List<NewPayment.Allocation> due, LocalDate until, String currency) {
        List<NewPayment.Allocation> first =
                due.stream().limit(NewPayment.ALLOCATIONS_MOST).toList();
        return new NewPayment(
                Direction.OUTGOING,
                type(party),
                party.id(),
                first.stream().map(NewPayment.Allocation::amount).reduce(BigDecimal.ZERO, BigDecimal::add),
                Optional.of(currency),
                Optional.empty(),
                first,
                Method.BANK_TRANSFER,
                Optional.of(until),
                Optional.empty());
    }

    private static Payment.PartyType type(Party party) {
        return Payment.PartyType.valueOf(party.type().toUpperCase(Locale.ROOT));
    }
}
