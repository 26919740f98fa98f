package dev.millrace.erp.payables;

import dev.millrace.engine.Tx;
import dev.millrace.erp.InvoiceChange;
import dev.millrace.erp.InvoiceChange.Done;
import dev.millrace.erp.InvoiceChange.NotFound;
import dev.millrace.erp.InvoiceChange.Refused;
import dev.millrace.erp.MatchResult.Outcome;
import dev.millrace.erp.SupplierInvoice;
import dev.millrace.erp.SupplierInvoice.Header;
import dev.millrace.erp.SupplierInvoice.HoldCode;
import dev.millrace.erp.SupplierInvoice.Status;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.payables.InvoiceMatching.Held;
import java.util.Optional;
import java.util.UUID;

/**
 * Holds, frees, rejects and cancels invoices. Locks as {@link InvoiceMatching}; joins the caller's transaction. Setting a
 * state that already holds is success without a change.
 */
public final class InvoiceStates {
    private final InvoiceMatching matching;
    private final ReceiptArrivals arrivals = new ReceiptArrivals();
    private final InvoiceWriteRows writes = new InvoiceWriteRows();
    private final InvoiceReader reader = new InvoiceReader();

    public InvoiceStates(InvoiceMatching matching) {
        this.matching = matching;
    }

    /**
     * Blocks the payment. An invoice that is to wait for goods which are there by now is told so at once, and waits no
     * longer: no receipt would do it any more.
     */
    public InvoiceChange hold(Tx tx, UUID id, HoldCode code, String reason, Herald herald) {
        Optional<Held> held = matching.hold(tx, id);
        if (held.isEmpty()) {
            return new NotFound(id);
        }
        Header header = held.get().invoice().header();
        if (!header.status().isOpen()) {
            return wrongState(header, "received or on_hold");
        }
        if (header.holdCode().equals(Optional.of(code)) && header.holdReason().equals(Optional.of(reason))) {
            return new Done(held.get().invoice(), false);
        }
        writes.block(tx, id, code, reason);
        SupplierInvoice blocked = reader.get(tx, id);
        tell(tx, header, blocked, InvoiceEvents.HELD, InvoiceRows.text(code) + ": " + reason, herald);
        herald.publish(tx, InvoiceEvents.HELD, InvoiceEvents.held(blocked));
        boolean isOver = code == HoldCode.RECEIPT && areGoodsIn(tx, held.get());
        return new Done(isOver ? arrivals.tell(tx, blocked.header(), herald) : blocked, true);
    }

    private boolean areGoodsIn(Tx tx, Held held) {
        return matching.last(tx, held.invoice().id())
                .filter(last -> last.result().outcome() == Outcome.AWAITING_RECEIPT)
                .map(last -> matching.compare(tx, held, last.tolerances()).result())
                .filter(now -> now.outcome() != Outcome.AWAITING_RECEIPT)
                .isPresent();
    }

    /** Frees an invoice; it is received again. */
    public InvoiceChange lift(Tx tx, UUID id, String reason, Herald herald) {
        Optional<Held> held = matching.hold(tx, id);
        if (held.isEmpty()) {
            return new NotFound(id);
        }
        Header header = held.get().invoice().header();
        return switch (header.status()) {
            case RECEIVED -> new Done(held.get().invoice(), false);
            case ON_HOLD -> {
                writes.lift(tx, id);
                SupplierInvoice free = reader.get(tx, id);
                tell(tx, header, free, InvoiceEvents.FREED, reason, herald);
                yield new Done(free, true);
            }
            case RELEASED, PART_PAID, PAID, REJECTED, CANCELLED, REVERSED -> wrongState(header, "on_hold");
        };
    }

    /** Refuses an invoice: nothing was posted, and nothing will be. */
    public InvoiceChange reject(Tx tx, UUID id, String reason, Herald herald) {
        return end(tx, id, Status.REJECTED, InvoiceEvents.REJECTED, reason, herald);
    }

    /** Takes back an invoice that is not posted, as if it had not come. */
    public InvoiceChange cancel(Tx tx, UUID id, String reason, Herald herald) {
        return end(tx, id, Status.CANCELLED, InvoiceEvents.CANCELLED, reason, herald);
    }

    private InvoiceChange end(Tx tx, UUID id, Status to, String event, String reason, Herald herald) {
        Optional<Held> held = matching.hold(tx, id);
        if (held.isEmpty()) {
            return new NotFound(id);
        }
        Header header = held.get().invoice().header();
        if (header.status() == to) {
            return new Done(held.get().invoice(), false);
        }
        if (!header.status().isOpen()) {
            return wrongState(header, "received or on_hold");
        }
        writes.end(tx, header, InvoiceRows.text(to), reason);
        SupplierInvoice ended = reader.get(tx, id);
        tell(tx, header, ended, event, reason, herald);
        herald.publish(tx, event, InvoiceEvents.ended(ended));
        return new Done(ended, true);
    }

    static void tell(Tx tx, Header before, SupplierInvoice after, String type, String comment, Herald herald) {
        herald.journal(
                tx,
                type,
                InvoiceEvents.TYPE,
                before.id(),
                Optional.of(InvoiceRows.text(before.status())),
                Optional.of(InvoiceRows.text(after.status())),
                comment);
    }

    static Refused wrongState(Header header, String expected) {
        return new Refused(
                "wrong_state",
                "Expected " + header.internalNumber() + " to be " + expected + " but it is "
                        + InvoiceRows.text(header.status()));
    }
}
