package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.receiving.ReceiptDesk;
import dev.millrace.erp.receiving.ReceiptReader;
import dev.millrace.erp.receiving.ReceiptReversal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Goods receipts. Every method joins the caller's transaction; those that change something lock the order first. Who may
 * call what is the caller's business.
 */
public final class Receipts {
    /** Most that one page of the list holds. */
    public static final int PAGE_MOST = 500;

    private final EventPublisher events;
    private final Trail trail;
    private final ReceiptDesk desk;
    private final ReceiptReversal reversal;
    private final ReceiptReader reader = new ReceiptReader();

    Receipts(EventPublisher events, Trail trail, ReceiptDesk desk, ReceiptReversal reversal) {
        this.events = events;
        this.trail = trail;
        this.desk = desk;
        this.reversal = reversal;
    }

    /**
     * Takes goods in: raises stock and the order's received quantities, books them, and emits
     * {@code goods_receipt.posted}.
     *
     * @throws PostingRefused the ledger does not take the journal; nothing may be committed then
     */
    public Receiving post(Tx tx, NewReceipt receipt, Actor actor) {
        return desk.post(tx, receipt, new ServiceHerald(events, trail, actor));
    }

    /**
     * Takes all of a receipt back, and emits {@code goods_receipt.reversed}. Idempotent.
     *
     * @param reason for people
     * @throws PostingRefused the ledger does not take the journal; nothing may be committed then
     */
    public Reversing reverse(Tx tx, UUID id, String reason, Actor actor) {
        return reversal.reverse(tx, id, reason, new ServiceHerald(events, trail, actor));
    }

    public Optional<GoodsReceipt> get(Tx tx, UUID id) {
        return reader.find(tx, id);
    }

    /**
     * Newest first, without their lines.
     *
     * @param order only receipts of this order
     * @param before the id of the last one seen: the next page begins after it
     * @param limit at most {@value #PAGE_MOST}
     */
    public List<GoodsReceipt> list(Tx tx, Optional<UUID> order, Optional<UUID> before, int limit) {
        return reader.page(tx, order, before, Math.clamp(limit, 1, PAGE_MOST));
    }
}
