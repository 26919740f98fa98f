package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.ServiceHerald;
import dev.millrace.erp.gst.InvoiceDrafts;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sales invoices, for who writes them. Joins the caller's transaction. */
public final class SalesInvoices {
    /** Most that one page of a list holds. */
    public static final int PAGE_MOST = 200;

    private final InvoiceDrafts invoices;
    private final EventPublisher events;
    private final Trail trail;

    SalesInvoices(InvoiceDrafts invoices, EventPublisher events, Trail trail) {
        this.invoices = invoices;
        this.events = events;
        this.trail = trail;
    }

    /** A draft: no number, no tax, nothing posted. */
    public InvoiceDrafted draft(Tx tx, NewSalesInvoice invoice, Actor actor) {
        return invoices.draft(tx, invoice, new ServiceHerald(events, trail, actor));
    }

    /**
     * Makes a draft the tax invoice of today: number, tax, journal, event.
     *
     * @throws PostingRefused the ledger refuses it; roll the transaction back
     */
    public InvoiceMade make(Tx tx, UUID id, Actor actor) {
        return invoices.make(tx, id, new ServiceHerald(events, trail, actor));
    }

    /**
     * Makes the tax invoice of today of a delivered order: all that was delivered, which is then invoiced.
     *
     * @throws PostingRefused the ledger refuses it; roll the transaction back
     */
    public InvoiceMade makeOfOrder(Tx tx, UUID order, Actor actor) {
        return invoices.makeOfOrder(tx, order, new ServiceHerald(events, trail, actor));
    }

    public Optional<SalesInvoice> get(Tx tx, UUID id) {
        return invoices.get(tx, id);
    }

    /**
     * Newest first, without lines.
     *
     * @param before the last id seen
     */
    public List<SalesInvoice> list(
            Tx tx, Optional<SalesInvoice.Status> status, Optional<UUID> customer, Optional<UUID> before, int limit) {
        return invoices.list(tx, status, customer, before, Math.clamp(limit, 1, PAGE_MOST));
    }
}
