package dev.millrace.erp.payments;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.NewPayment;
import dev.millrace.erp.Payment;
import dev.millrace.erp.PostingRefused;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.NumberRows;
import dev.millrace.language.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Drafts payments: what they pay is taken off the documents' open amounts at once. Locks the documents by type and id,
 * then the party (shared), then the series of numbers; joins the caller's transaction, which is to be rolled back after a
 * refusal.
 */
public final class PaymentEntry {
    private static final String SERIES = "PAY";
    private static final int DECIMALS = 2;

    private final Supplier<UUID> ids;
    private final Payables payables;
    private final CompanyRows companies = new CompanyRows();
    private final NumberRows numbers = new NumberRows();
    private final PaymentRows rows = new PaymentRows();
    private final PaymentWriteRows writes = new PaymentWriteRows();

    public PaymentEntry(Supplier<UUID> ids, Payables payables) {
        this.ids = ids;
        this.payables = payables;
    }

    /**
     * Emits {@code payment.created}.
     *
     * @throws PostingRefused amount_invalid, rate_missing, not_found (the party), party_blocked, document_not_payable,
     *     document_already_paid, over_allocation
     */
    public Payment draft(Tx tx, NewPayment wanted, Herald herald) {
        Company company = companies.get(tx);
        String own = company.info().currency();
        String currency = wanted.currency().orElse(own);
        check(wanted);
        List<Payment.Allocation> allocations = payables.take(tx, wanted, currency);
        Payee.Facts party = payables.payee(tx, wanted.partyType(), wanted.partyId());
        if (party.blocked()) {
            throw blocked(party.name());
        }
        BigDecimal rate = rate(wanted, currency.equals(own), allocations);
        LocalDate date = wanted.date().orElseGet(() -> company.today(tx.now()));
        String year = company.fiscalYear(date);
        var payment = new Payment(
                ids.get(),
                "%s/%s/%05d".formatted(SERIES, year, numbers.next(tx, SERIES, year)),
                wanted.direction(),
                wanted.partyType(),
                wanted.partyId(),
                party.name(),
                wanted.amount().setScale(DECIMALS),
                currency,
                rate,
                wanted.amount().multiply(rate).setScale(DECIMALS, RoundingMode.HALF_UP),
                wanted.method(),
                date,
                wanted.reference().filter(text -> !text.isBlank()),
                Payment.Status.DRAFT,
                Optional.empty(),
                Optional.empty(),
                herald.actor()
                        .id()
                        .filter(id -> herald.by().equals(herald.actor().name()))
                        .orElse(herald.by()),
                tx.now(),
                Optional.empty(),
                Optional.empty(),
                allocations);
        writes.insert(tx, payment);
        writes.insertAllocations(tx, payment.id(), allocations);
        herald.journal(
                tx,
                PaymentEvents.CREATED,
                PaymentEvents.PAYMENT,
                payment.id(),
                Optional.empty(),
                Optional.of("draft"),
                payment.number() + ", " + Money.written(payment.amount(), currency) + ", " + party.name());
        Payment written = rows.find(tx, payment.id()).orElseThrow();
        herald.publish(tx, PaymentEvents.CREATED, PaymentEvents.created(written));
        return written;
    }

    static PostingRefused blocked(String name) {
        return new PostingRefused("party_blocked", name + " is blocked: nothing is paid until that is lifted");
    }

    private static void check(NewPayment wanted) {
        requireAmount("amount", wanted.amount());
        if (wanted.allocations().size() > NewPayment.ALLOCATIONS_MOST) {
            throw new PostingRefused(
                    "over_allocation",
                    "Expected at most " + NewPayment.ALLOCATIONS_MOST + " allocations but got "
                            + wanted.allocations().size());
        }
        BigDecimal allocated = BigDecimal.ZERO;
        for (NewPayment.Allocation allocation : wanted.allocations()) {
            requireAmount("allocations.amount", allocation.amount());
            allocated = allocated.add(allocation.amount());
        }
        if (allocated.compareTo(wanted.amount()) > 0) {
            throw new PostingRefused(
                    "over_allocation",
                    "The allocations come to " + allocated.toPlainString() + ", more than the payment's "
                            + wanted.amount().toPlainString());
        }
        long documents = wanted.allocations().stream()
                .map(NewPayment.Allocation::documentId)
                .distinct()
                .count();
        if (documents < wanted.allocations().size()) {
            throw new PostingRefused("over_allocation", "Expected each document once among the allocations");
        }
    }

    static void requireAmount(String path, BigDecimal amount) {
        if (amount.signum() <= 0 || amount.stripTrailingZeros().scale() > DECIMALS) {
            throw new PostingRefused(
                    "amount_invalid",
                    "Expected an amount above 0 with at most two decimals at " + path + " but got "
                            + amount.toPlainString());
        }
    }

    private static BigDecimal rate(NewPayment wanted, boolean own, List<Payment.Allocation> allocations) {
        if (own) {
            return BigDecimal.ONE;
        }
        if (wanted.rate().isPresent()) {
            return wanted.rate().get();
        }
        List<BigDecimal> rates =
                allocations.stream().map(Payment.Allocation::rate).distinct().toList();
        if (rates.size() != 1) {
            throw new PostingRefused(
                    "rate_missing",
                    "A payment in a foreign currency needs its rate: give it, or pay documents of one rate");
        }
        return rates.getFirst();
    }
}
