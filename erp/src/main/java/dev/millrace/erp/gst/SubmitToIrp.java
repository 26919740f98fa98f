package dev.millrace.erp.gst;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Affects;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.ExternalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.SalesInvoice;
import dev.millrace.erp.SalesInvoice.EInvoiceStatus;
import dev.millrace.erp.SalesInvoice.Registered;
import dev.millrace.erp.gst.IrpClient.Ack;
import dev.millrace.erp.gst.IrpClient.Away;
import dev.millrace.erp.gst.IrpClient.IrpError;
import dev.millrace.erp.gst.IrpClient.Refused;
import dev.millrace.erp.gst.IrpClient.Seller;
import dev.millrace.erp.gst.IrpDesk.Ready;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Registers an invoice at the portal. A call whose answer was lost is safe to repeat: the portal knows the document by its IRN, says
 * so (2150), and what it has is compared with what was sent.
 */
@Named(
        value = "erp.gst.submit_to_irp",
        module = "finance",
        description =
                "Registers the invoice at the IRP (sandbox or real) and stores IRN, ack and signed QR; a duplicate of the"
                        + " same document counts as success.",
        setsState = true,
        failures = {
            "not_found",
            "wrong_state",
            "irp_validation",
            "irp_duplicate_differs",
            "irp_too_old",
            "irp_not_applicable",
            "irp_unavailable",
            "irp_auth"
        })
@Affects(emits = {SalesInvoiceEvents.IRN_GENERATED, SalesInvoiceEvents.IRN_FAILED})
public final class SubmitToIrp implements ExternalAction<SubmitToIrp.Config, SubmitToIrp.Answer, SubmitToIrp.Output> {
    private final Transactions transactions;
    private final IrpClient portal;
    private final IrpDesk desk = new IrpDesk();
    private final InvoiceRows rows = new InvoiceRows();
    private final InvoiceWriteRows writes = new InvoiceWriteRows();

    public SubmitToIrp(Transactions transactions, IrpClient portal) {
        this.transactions = transactions;
        this.portal = portal;
    }

    public record Config(
            @Describe("An invoice that is to be registered") UUID salesInvoiceId,

            @JsonProperty("with_e_way_bill") @Describe(value = "Ask for an e-way bill too", byDefault = "false")
            Optional<Boolean> withEWayBill) {}

    /** What the portal has. */
    public record Answer(
            String irn, String ackNo, Instant ackAt, String signedQr, Optional<String> eWayBillNo, boolean duplicate) {}

    public record Output(
            @Describe("64 hex digits") String irn,
            @Describe("The portal's number") String ackNo,
            @Describe("When the portal took it") Instant ackDate,

            @Describe("What the QR code of the printed invoice says")
            String signedQr,

            @Describe("It was registered before, perhaps by a call whose answer was lost")
            boolean duplicate,

            @Describe("The number of the e-way bill, if one was asked for")
            Optional<String> eWayBillNo) {}

    @Override
    public Answer call(ActionContext context, Config config) {
        UUID tenant = context.tenant().id();
        UUID id = config.salesInvoiceId();
        // A short transaction of its own: it is over before anything goes out.
        return switch (transactions.run(tenant, tx -> desk.toRegister(tx, id))) {
            case Ready.NotFound notFound ->
                throw ActionFailure.permanent(
                        "not_found", "Expected an invoice of this company at sales_invoice_id but got '" + id + "'");
            case Ready.Refused refused -> throw ActionFailure.permanent(refused.code(), refused.message());
            case Ready.Already already -> answer(already.registered());
            case Ready.ToSend send -> send(context, id, new Seller(tenant, send.gstin()), document(send, config));
        };
    }

    private static Answer answer(Registered registered) {
        return new Answer(
                registered.irn(),
                registered.ackNo(),
                registered.ackAt(),
                registered.signedQr().orElse(""),
                registered.eWayBillNo(),
                true);
    }

    private static ObjectNode document(Ready.ToSend send, Config config) {
        ObjectNode document = send.document().deepCopy();
        if (config.withEWayBill().orElse(false)) {
            // Zero: the portal takes the distance from the PIN codes.
            document.putObject("EwbDtls").put("Distance", 0);
        }
        return document;
    }

    private Answer send(ActionContext context, UUID id, Seller seller, ObjectNode document) {
        return switch (portal.register(seller, document)) {
            case IrpClient.Registered registered -> answer(registered.ack(), false);
            case IrpClient.Duplicate duplicate -> compared(context, id, seller, document, duplicate);
            case Refused refused -> throw refused(context, id, "irp_validation", refused.errors(), refused.text());
            case Away away -> throw away(away);
        };
    }

    private static Answer answer(Ack ack, boolean duplicate) {
        return new Answer(ack.irn(), ack.ackNo(), ack.ackAt(), ack.signedQr(), ack.eWayBillNo(), duplicate);
    }

    /** Buyer and total tell whether the document that the portal has is ours. */
    private Answer compared(
            ActionContext context, UUID id, Seller seller, ObjectNode document, IrpClient.Duplicate duplicate) {
        return switch (portal.get(seller, duplicate.irn())) {
            case IrpClient.Found found -> {
                if (found.active() && isSame(document, found.ack().signedQr())) {
                    yield answer(found.ack(), true);
                }
                throw differs(
                        context,
                        id,
                        found.active()
                                ? "The portal has another document of this number (buyer or total differ): ack "
                                        + duplicate.ackNo()
                                : "The document of this number was cancelled at the portal: it cannot be registered again");
            }
            case Refused refused ->
                throw differs(
                        context,
                        id,
                        "The portal has a document of this number and does not tell which: " + refused.text());
            case Away away -> throw away(away);
        };
    }

    private static boolean isSame(ObjectNode document, String signedQr) {
        String buyer = document.path("BuyerDtls").path("Gstin").asString("");
        BigDecimal total = Inv01Check.amount(document.path("ValDtls"), "TotInvVal");
        Optional<JsonNode> qr = Jws.data(signedQr);
        return qr.isPresent()
                && qr.get().path("BuyerGstin").asString("").equals(buyer)
                && Inv01Check.amount(qr.get(), "TotInvVal").compareTo(total) == 0;
    }

    private ActionFailure differs(ActionContext context, UUID id, String message) {
        return refused(context, id, "irp_duplicate_differs", List.of(new IrpError("2150", message)), message);
    }

    /** The refusal is kept in a transaction of its own, with its event: the step that failed writes nothing. */
    private ActionFailure refused(ActionContext context, UUID id, String code, List<IrpError> errors, String message) {
        transactions.run(context.tenant().id(), tx -> {
            if (writes.fail(tx, id, message)) {
                SalesInvoice invoice = rows.byId(tx, id).orElseThrow();
                context.journal(
                        tx,
                        SalesInvoiceEvents.IRN_FAILED,
                        SalesInvoiceEvents.INVOICE,
                        id,
                        Optional.empty(),
                        Optional.of("failed"),
                        message);
                List<String> codes =
                        errors.stream().map(IrpError::code).distinct().toList();
                context.publish(tx, SalesInvoiceEvents.IRN_FAILED, SalesInvoiceEvents.failed(invoice, codes, message));
            }
            return id;
        });
        return ActionFailure.permanent(code, message);
    }

    static ActionFailure away(Away away) {
        return ActionFailure.retryable(
                away.signIn() ? "irp_auth" : "irp_unavailable",
                (away.signIn() ? "The portal did not let us in: " : "The portal cannot be reached: ") + away.reason());
    }

    @Override
    public Output record(Tx tx, ActionContext context, Config config, Answer answer) {
        var registered = new Registered(
                answer.irn(), answer.ackNo(), answer.ackAt(), Optional.of(answer.signedQr()), answer.eWayBillNo());
        SalesInvoice invoice = rows.hold(tx, config.salesInvoiceId()).orElseThrow();
        if (writes.register(tx, invoice.id(), registered)) {
            context.journal(
                    tx,
                    SalesInvoiceEvents.IRN_GENERATED,
                    SalesInvoiceEvents.INVOICE,
                    invoice.id(),
                    Optional.of(invoice.eInvoice().status().name().toLowerCase(java.util.Locale.ROOT)),
                    Optional.of("registered"),
                    "IRN " + answer.irn() + ", ack " + answer.ackNo());
            context.publish(tx, SalesInvoiceEvents.IRN_GENERATED, SalesInvoiceEvents.generated(invoice, registered));
        } else if (invoice.eInvoice().status() != EInvoiceStatus.REGISTERED) {
            throw ActionFailure.permanent("wrong_state", "The invoice was cancelled while it was being registered");
        }
        return new Output(
                answer.irn(),
                answer.ackNo(),
                answer.ackAt(),
                answer.signedQr(),
                answer.duplicate(),
                answer.eWayBillNo());
    }
}
