package dev.millrace.erp.gst;

import dev.millrace.engine.Tx;
import dev.millrace.erp.SalesInvoice;
import dev.millrace.erp.SalesInvoice.Made;
import dev.millrace.erp.SalesInvoice.Registered;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.TaxSeat;
import dev.millrace.erp.core.TaxSeatRows;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What is looked up before the portal is called. Writes nothing; joins the caller's transaction. */
final class IrpDesk {
    private final CompanyRows companies = new CompanyRows();
    private final TaxSeatRows seats = new TaxSeatRows();
    private final GstRuleRows laws = new GstRuleRows();
    private final InvoiceRows rows = new InvoiceRows();

    /** Whether an invoice may go out. */
    sealed interface Ready {
        record NotFound() implements Ready {}

        record Refused(String code, String message) implements Ready {}

        /** There is nothing left to do. */
        record Already(Registered registered) implements Ready {}

        /** @param gstin of the company */
        record ToSend(String gstin, ObjectNode document) implements Ready {}
    }

    Ready toRegister(Tx tx, UUID id) {
        Optional<SalesInvoice> found = rows.byId(tx, id);
        if (found.isEmpty()) {
            return new Ready.NotFound();
        }
        SalesInvoice invoice = found.get();
        return switch (invoice.eInvoice().status()) {
            case REGISTERED -> new Ready.Already(invoice.eInvoice().registered().orElseThrow());
            case CANCELLED ->
                new Ready.Refused("wrong_state", "The IRN of this invoice was cancelled: make another invoice");
            case NOT_REQUIRED ->
                new Ready.Refused(
                        invoice.status() == SalesInvoice.Status.DRAFT ? "wrong_state" : "irp_not_applicable",
                        invoice.status() == SalesInvoice.Status.DRAFT
                                ? "The invoice is a draft: make it first"
                                : "Invoices like this one are not registered: its buyer, its rates or the company's turnover"
                                        + " do not ask for it");
            case PENDING, FAILED ->
                invoice.status() == SalesInvoice.Status.CANCELLED
                        ? new Ready.Refused("wrong_state", "The invoice is cancelled")
                        : fresh(tx, invoice);
        };
    }

    private Ready fresh(Tx tx, SalesInvoice invoice) {
        TaxSeat seat = seats.get(tx);
        Made made = invoice.made().orElseThrow();
        LocalDate today = companies.get(tx).today(tx.now());
        Optional<LocalDate> oldest = laws.load(tx).oldest(seat.turnover(), today);
        if (oldest.filter(made.date()::isBefore).isPresent()) {
            return new Ready.Refused(
                    "irp_too_old",
                    "Expected an invoice of %s or later but %s is of %s: a company of this turnover registers no older one"
                            .formatted(oldest.get(), made.number(), made.date()));
        }
        return new Ready.ToSend(
                seat.gstin().orElseThrow(), rows.inv01(tx, invoice.id()).orElseThrow());
    }

    /** Whether an IRN may be cancelled. */
    sealed interface Revocable {
        record NotFound() implements Revocable {}

        record Refused(String code, String message) implements Revocable {}

        /** There is nothing left to do. */
        record Already(SalesInvoice invoice) implements Revocable {}

        record ToCancel(String gstin, String irn) implements Revocable {}
    }

    Revocable toCancel(Tx tx, UUID id) {
        Optional<SalesInvoice> found = rows.byId(tx, id);
        if (found.isEmpty()) {
            return new Revocable.NotFound();
        }
        SalesInvoice invoice = found.get();
        return switch (invoice.eInvoice().status()) {
            case CANCELLED -> new Revocable.Already(invoice);
            case NOT_REQUIRED, PENDING, FAILED ->
                new Revocable.Refused(
                        "irn_not_active", "The invoice has no IRN: there is nothing to cancel at the portal");
            case REGISTERED -> registered(tx, invoice);
        };
    }

    private Revocable registered(Tx tx, SalesInvoice invoice) {
        Registered registered = invoice.eInvoice().registered().orElseThrow();
        if (invoice.status() != SalesInvoice.Status.POSTED) {
            return new Revocable.Refused(
                    "wrong_state", "The invoice is paid, wholly or in part: write a credit note instead");
        }
        Duration window = laws.load(tx)
                .at(Threshold.IRN_CANCEL_HOURS, invoice.made().orElseThrow().date())
                .map(hours -> Duration.ofHours(hours.longValueExact()))
                .orElse(Duration.ZERO);
        if (registered.ackAt().plus(window).isBefore(tx.now())) {
            return new Revocable.Refused(
                    "irn_window_passed",
                    "The invoice was registered more than %d hours ago: write a credit note instead"
                            .formatted(window.toHours()));
        }
        return new Revocable.ToCancel(seats.get(tx).gstin().orElseThrow(), registered.irn());
    }
}
