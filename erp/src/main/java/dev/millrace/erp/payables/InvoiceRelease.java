package dev.millrace.erp.payables;

import static java.util.stream.Collectors.joining;

import dev.millrace.engine.Documents;
import dev.millrace.engine.Documents.Fit;
import dev.millrace.engine.FieldChange;
import dev.millrace.engine.Tx;
import dev.millrace.erp.InvoiceChange;
import dev.millrace.erp.InvoiceChange.Done;
import dev.millrace.erp.InvoiceChange.NotFound;
import dev.millrace.erp.InvoiceChange.Refused;
import dev.millrace.erp.MatchResult.Outcome;
import dev.millrace.erp.SupplierInvoice;
import dev.millrace.erp.SupplierInvoice.Header;
import dev.millrace.erp.SupplierInvoice.HoldCode;
import dev.millrace.erp.SupplierInvoice.Line;
import dev.millrace.erp.SupplierInvoice.Status;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.ledger.Journal;
import dev.millrace.erp.ledger.Ledger;
import dev.millrace.erp.payables.InvoiceMatching.Compared;
import dev.millrace.erp.payables.InvoiceMatching.Held;
import dev.millrace.erp.procurement.OrderedGoods;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Posts invoices and takes them back. Locks as {@link InvoiceMatching}, and matches again under the lock: what is
 * released agrees with what is there at that moment. Joins the caller's transaction, which a refusal of the ledger has to
 * roll back.
 */
public final class InvoiceRelease {
    private static final int CHANGES_SHOWN = 5;

    private final InvoiceMatching matching;
    private final InvoiceStates states;
    private final Ledger ledger;
    private final CompanyRows companies = new CompanyRows();
    private final OrderedGoods orders = new OrderedGoods();
    private final InvoiceWriteRows writes = new InvoiceWriteRows();
    private final MatchRows matches = new MatchRows();
    private final InvoiceReader reader = new InvoiceReader();

    public InvoiceRelease(InvoiceMatching matching, InvoiceStates states, Ledger ledger) {
        this.matching = matching;
        this.states = states;
        this.ledger = ledger;
    }

    /**
     * What a release may rest on.
     *
     * @param approval of the invoice with its differences
     * @param acceptVariance a difference may pass if the approval covers it
     */
    public record Grounds(Optional<UUID> approval, boolean acceptVariance) {
        public static final Grounds NONE = new Grounds(Optional.empty(), false);
    }

    /**
     * Releases an invoice that was matched before and still agrees, or whose differences are approved. Where goods are
     * missing no approval helps: the invoice waits for them, and what was approved stays so.
     *
     * @return done also where it is on hold for its receipt
     * @throws dev.millrace.erp.PostingRefused the ledger does not take it
     */
    public InvoiceChange release(Tx tx, UUID id, Grounds grounds, Documents documents, Herald herald) {
        Optional<Held> found = matching.hold(tx, id);
        if (found.isEmpty()) {
            return new NotFound(id);
        }
        Held held = found.get();
        Header header = held.invoice().header();
        if (header.status().isPosted()) {
            return new Done(held.invoice(), false);
        }
        if (!header.status().isOpen()) {
            return InvoiceStates.wrongState(header, "received or on_hold");
        }
        Optional<MatchRows.Last> last = matching.last(tx, id);
        if (last.isEmpty()) {
            return new Refused(
                    "not_matched", header.internalNumber() + " was not matched yet: match it before it is released");
        }
        Compared now = compareAgain(tx, held, last.get(), herald);
        if (now.result().outcome() == Outcome.VARIANCE && grounds.acceptVariance()) {
            Optional<Refused> refused = accept(tx, held, now, grounds, documents);
            if (refused.isPresent()) {
                return refused.get();
            }
            now = matching.compare(tx, held, now.tolerances());
            matching.keep(tx, held, now, herald.by());
        }
        return decide(tx, held, now, grounds, herald);
    }

    /** What is found now is evidence where it is not what was found last. */
    private Compared compareAgain(Tx tx, Held held, MatchRows.Last last, Herald herald) {
        Compared now = matching.compare(tx, held, last.tolerances());
        if (!now.result().equals(last.result())) {
            matching.keep(tx, held, now, herald.by());
        }
        return now;
    }

    private InvoiceChange decide(Tx tx, Held held, Compared now, Grounds grounds, Herald herald) {
        Header header = held.invoice().header();
        String summary = now.result().summary();
        return switch (now.result().outcome()) {
            case MATCHED, WITHIN_TOLERANCE -> post(tx, held, now, grounds, herald);
            case AWAITING_RECEIPT ->
                grounds.acceptVariance()
                        ? states.hold(tx, header.id(), HoldCode.RECEIPT, summary, herald)
                        : new Refused(
                                "not_matched",
                                header.internalNumber() + " waits for its goods: put it on hold with code receipt. "
                                        + summary);
            case VARIANCE, INVALID ->
                new Refused(
                        "not_matched",
                        header.internalNumber() + " differs: have the difference approved, or reject it. " + summary);
            case DUPLICATE ->
                new Refused("duplicate", header.internalNumber() + " is a duplicate: reject it. " + summary);
        };
    }

    private Optional<Refused> accept(Tx tx, Held held, Compared now, Grounds grounds, Documents documents) {
        UUID id = held.invoice().id();
        if (grounds.approval().isEmpty()) {
            return Optional.of(new Refused(
                    "approval_required",
                    "Expected at approval_id an approval of the difference: "
                            + now.result().summary()));
        }
        UUID approval = grounds.approval().get();
        return switch (documents.fits(tx, approval, InvoiceEvents.TYPE, id)) {
            case Fit.Good good -> {
                matches.accept(tx, id, approval, now.differences());
                yield Optional.empty();
            }
            case Fit.Stale stale ->
                Optional.of(new Refused(
                        "approval_stale",
                        "What was approved is not what differs now ("
                                + stale.changes().stream()
                                        .limit(CHANGES_SHOWN)
                                        .map(FieldChange::path)
                                        .collect(joining(", "))
                                + "): have it approved as it is"));
            case Fit.Missing missing ->
                Optional.of(new Refused(
                        "approval_required",
                        "Expected at approval_id an approval of this invoice that was granted, but '" + approval
                                + "' is none: have the difference approved"));
        };
    }

    private InvoiceChange post(Tx tx, Held held, Compared now, Grounds grounds, Herald herald) {
        SupplierInvoice invoice = held.invoice();
        LocalDate today = companies.get(tx).today(tx.now());
        Journal journal = ledger.post(tx, ReleasePosting.of(invoice, now.result(), today, herald.by()), herald);
        writes.release(tx, invoice.id(), journal.id(), grounds.approval());
        bill(tx, invoice, UnaryOperator.identity());
        SupplierInvoice released = reader.get(tx, invoice.id());
        InvoiceStates.tell(
                tx,
                invoice.header(),
                released,
                InvoiceEvents.RELEASED,
                "released by " + herald.by() + ", journal " + journal.number()
                        + grounds.approval().map(id -> ", approval " + id).orElse(""),
                herald);
        herald.publish(tx, InvoiceEvents.RELEASED, InvoiceEvents.released(released));
        return new Done(released, true);
    }

    /**
     * Takes back an invoice of which nothing is paid or promised to a payment: posts the mirror of its journal, and what it billed may be billed
     * again.
     *
     * @throws dev.millrace.erp.PostingRefused the ledger does not take it
     */
    public InvoiceChange reverse(Tx tx, UUID id, String reason, Herald herald) {
        Optional<Held> found = matching.hold(tx, id);
        if (found.isEmpty()) {
            return new NotFound(id);
        }
        SupplierInvoice invoice = found.get().invoice();
        if (invoice.status() == Status.REVERSED) {
            return new Done(invoice, false);
        }
        if (invoice.status() != Status.RELEASED) {
            return InvoiceStates.wrongState(invoice.header(), "released and unpaid");
        }
        if (invoice.header().openAmount().compareTo(invoice.header().total()) < 0) {
            return new Refused(
                    "wrong_state",
                    invoice.header().internalNumber()
                            + " is promised to a payment that is not posted yet: cancel that first");
        }
        LocalDate today = companies.get(tx).today(tx.now());
        ledger.reverse(tx, invoice.header().journalId().orElseThrow(), today, reason, true, herald);
        writes.end(tx, invoice.header(), "reversed", reason);
        bill(tx, invoice, BigDecimal::negate);
        SupplierInvoice reversed = reader.get(tx, id);
        InvoiceStates.tell(tx, invoice.header(), reversed, "supplier_invoice.reversed", reason, herald);
        herald.publish(tx, InvoiceEvents.CANCELLED, InvoiceEvents.ended(reversed));
        return new Done(reversed, true);
    }

    private void bill(Tx tx, SupplierInvoice invoice, UnaryOperator<BigDecimal> sign) {
        Map<UUID, BigDecimal> quantities = new HashMap<>();
        for (Line line : invoice.lines()) {
            line.poLineId().ifPresent(id -> quantities.merge(id, sign.apply(line.quantity()), BigDecimal::add));
        }
        invoice.header().purchaseOrderId().ifPresent(order -> orders.invoiced(tx, order, quantities));
    }
}
