package dev.millrace.erp.payables;

import dev.millrace.engine.Tx;
import dev.millrace.erp.Payment.Direction;
import dev.millrace.erp.payments.Payable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Released invoices, as they are paid. Their state follows posted payments; drafts take of what is open alone. */
public final class InvoicePayable implements Payable {
    private final InvoicePayableRows rows = new InvoicePayableRows();

    @Override
    public String type() {
        return InvoiceEvents.TYPE;
    }

    @Override
    public Direction direction() {
        return Direction.OUTGOING;
    }

    @Override
    public Optional<Owed> hold(Tx tx, UUID id) {
        return rows.hold(tx, id);
    }

    @Override
    public boolean take(Tx tx, UUID id, BigDecimal amount) {
        return rows.take(tx, id, amount);
    }

    @Override
    public void giveBack(Tx tx, UUID id, BigDecimal amount) {
        rows.giveBack(tx, id, amount);
    }

    @Override
    public void settled(Tx tx, UUID id, BigDecimal paid) {
        rows.settle(tx, id, paid);
    }

    @Override
    public List<UUID> due(Tx tx, LocalDate until, String currency) {
        return rows.due(tx, until, currency);
    }
}
