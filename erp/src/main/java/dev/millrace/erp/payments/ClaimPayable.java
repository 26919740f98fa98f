package dev.millrace.erp.payments;

import dev.millrace.engine.Tx;
import dev.millrace.erp.ExpenseClaim.Status;
import dev.millrace.erp.Payment.Direction;
import dev.millrace.erp.ledger.Posting.Party;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Approved claims, as they are paid. */
public final class ClaimPayable implements Payable {
    private final ClaimRows rows = new ClaimRows();
    private final ClaimWriteRows writes = new ClaimWriteRows();

    @Override
    public String type() {
        return PaymentEvents.CLAIM;
    }

    @Override
    public Direction direction() {
        return Direction.OUTGOING;
    }

    @Override
    public Optional<Owed> hold(Tx tx, UUID id) {
        return rows.hold(tx, id)
                .map(claim -> new Owed(
                        id,
                        claim.number(),
                        new Party("employee", claim.employee().id()),
                        claim.currency(),
                        claim.rate(),
                        claim.openAmount(),
                        claim.status() == Status.APPROVED || claim.status() == Status.PAID,
                        Optional.empty()));
    }

    @Override
    public boolean take(Tx tx, UUID id, BigDecimal amount) {
        return writes.take(tx, id, amount);
    }

    @Override
    public void giveBack(Tx tx, UUID id, BigDecimal amount) {
        writes.giveBack(tx, id, amount);
    }

    @Override
    public void settled(Tx tx, UUID id, BigDecimal paid) {
        writes.settle(tx, id, paid);
    }

    /** At once, whatever the day. */
    @Override
    public List<UUID> due(Tx tx, LocalDate until, String currency) {
        return rows.due(tx, currency);
    }
}
