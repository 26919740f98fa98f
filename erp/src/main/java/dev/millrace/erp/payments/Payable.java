package dev.millrace.erp.payments;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Payment.Direction;
import dev.millrace.erp.ledger.Posting.Party;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a module tells of its documents of one type that are paid. All join the caller's transaction. Drafts of payments
 * take of the open amount too, so that nothing is promised twice.
 */
public interface Payable {
    /** {@code supplier_invoice}. */
    String type();

    /** Which way the money goes that pays it. */
    Direction direction();

    /** Locks the document's row until the transaction ends; empty: there is none. */
    Optional<Owed> hold(Tx tx, UUID id);

    /**
     * Lowers the open amount where it is at least so much: {@code where open_amount >= :amount}.
     *
     * @return false: it is not, and nothing was changed
     */
    boolean take(Tx tx, UUID id, BigDecimal amount);

    /** Raises the open amount again: the payment was cancelled or reversed. */
    void giveBack(Tx tx, UUID id, BigDecimal amount);

    /**
     * Posted payments of the document have become more or less; its state may follow. Called after every posting, and
     * on every reversal before what was paid is given back.
     *
     * @param paid the sum of all its posted payments
     */
    default void settled(Tx tx, UUID id, BigDecimal paid) {}

    /** Documents with an open amount in this currency that are due on that day or before, oldest first. */
    default List<UUID> due(Tx tx, LocalDate until, String currency) {
        return List.of();
    }

    /**
     * A document, as its payer sees it.
     *
     * @param party to whom it is owed, or who owes it
     * @param rate the rate at which it was posted
     * @param open what neither posted payments nor drafts have taken
     * @param inForce approved and posted, and neither held, reversed nor cancelled; it may be paid already
     * @param dueDate by when it is to be paid
     */
    record Owed(
            UUID id,
            String number,
            Party party,
            String currency,
            BigDecimal rate,
            BigDecimal open,
            boolean inForce,
            Optional<LocalDate> dueDate) {}
}
