package dev.millrace.erp.payables;

import dev.millrace.engine.Json;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.erp.MatchResult.Outcome;
import dev.millrace.erp.SupplierInvoice;
import dev.millrace.erp.SupplierInvoice.Header;
import dev.millrace.erp.SupplierInvoice.Status;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Scalar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The events of suppliers' invoices: their types and their payloads, both of the same record. */
public final class InvoiceEvents {
    /** As entities, events and approvals call it. */
    public static final String TYPE = "supplier_invoice";

    public static final String RECEIVED = "supplier_invoice.received";
    public static final String RECEIPT_ARRIVED = "supplier_invoice.receipt_arrived";
    public static final String HELD = "supplier_invoice.held";

    /** In the journal alone. */
    static final String FREED = "supplier_invoice.freed";

    public static final String RELEASED = "supplier_invoice.released";
    public static final String REJECTED = "supplier_invoice.rejected";
    public static final String CANCELLED = "supplier_invoice.cancelled";
    public static final String OVERDUE = "supplier_invoice.overdue";

    private static final String MODULE = "procurement";
    private static final String OPEN_AMOUNT = "open_amount";
    private static final String REASON = "reason";
    private static final String CODE = "code";
    private static final String JOURNAL = "journal_id";
    private static final String RECEIPT = "goods_receipt_id";
    private static final String RECEIPT_NUMBER = "grn_number";

    public static final List<EventType> TYPES = List.of(
            new EventType(RECEIVED, MODULE, "A supplier's invoice came in.", with()),
            new EventType(
                    RECEIPT_ARRIVED,
                    MODULE,
                    "Goods came in for an invoice that is on hold for its receipt.",
                    with(
                            Field.optional(RECEIPT, Scalar.UUID, "The receipt's id"),
                            Field.optional(RECEIPT_NUMBER, Scalar.STRING, "The receipt's number"))),
            new EventType(
                    HELD,
                    MODULE,
                    "A supplier's invoice was put on hold.",
                    with(
                            Field.required(REASON, Scalar.STRING, "Why"),
                            Field.required(CODE, Scalar.STRING, "What it waits for"))),
            new EventType(
                    RELEASED,
                    MODULE,
                    "A supplier's invoice was posted and is paid when due.",
                    with(Field.required(JOURNAL, Scalar.UUID, "The journal's id"))),
            new EventType(
                    REJECTED,
                    MODULE,
                    "A supplier's invoice was refused.",
                    with(Field.required(REASON, Scalar.STRING, "Why"))),
            new EventType(
                    CANCELLED,
                    MODULE,
                    "A supplier's invoice was taken back; one that was posted is reversed.",
                    with(Field.required(REASON, Scalar.STRING, "Why"))),
            new EventType(
                    OVERDUE,
                    "finance",
                    "A supplier's invoice was due 1, 7, 30 or 60 days ago and is not paid.",
                    with(
                            Field.required("days_overdue", Scalar.INTEGER, "Days since it was due"),
                            Field.required(OPEN_AMOUNT, Scalar.DECIMAL, "What is still to be paid"))));

    private static final ValueType OUTCOMES = new ValueType.Choice(Arrays.stream(Outcome.values())
            .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
            .toList());

    /** What a query of invoices sees of one. */
    public static final EntityType ENTITY = new EntityType(
            TYPE,
            MODULE,
            with(
                    Field.required(OPEN_AMOUNT, Scalar.DECIMAL, "What is still to be paid"),
                    Field.required("period", Scalar.STRING, "Month of the invoice's date, yyyy-MM"),
                    Field.optional("hold_code", Scalar.STRING, "What it waits for"),
                    Field.optional("hold_reason", Scalar.STRING, "Why it is on hold"),
                    Field.optional("match_outcome", OUTCOMES, "Of the last match"),
                    Field.optional("duplicate_of", Scalar.UUID, "The invoice that it repeats"),
                    Field.optional(JOURNAL, Scalar.UUID, "The journal's id")));

    private InvoiceEvents() {}

    /** What every event of an invoice tells. */
    public record Payload(
            @Describe("The invoice's id") UUID id,
            @Describe("The supplier's number") String invoiceNumber,
            @Describe("The company's own number of it") String internalNumber,
            @Describe("The supplier's id") UUID supplierId,
            @Describe("The supplier's name") String supplierName,
            @Describe("Where the supplier gets mail") Optional<String> supplierEmail,
            @Describe("The supplier's tax number") Optional<String> supplierGstin,
            @Describe("A micro or small enterprise") boolean supplierMsme,
            @Describe("None: an invoice without an order") Optional<UUID> purchaseOrderId,
            @Describe("The order's number") Optional<String> poNumber,
            @Describe("As the supplier wrote it") LocalDate invoiceDate,
            @Describe("When it is to be paid") LocalDate dueDate,
            @Describe("Without tax") BigDecimal netAmount,
            @Describe("Tax") BigDecimal taxAmount,

            @Describe("What is to be paid, in the invoice's currency")
            BigDecimal totalAmount,

            @Describe(value = "The invoice's currency", as = Describe.As.CURRENCY)
            String currency,

            @Describe("total_amount in the company's own currency")
            BigDecimal amountBase,

            @Describe("The invoice's state") Status status,
            @Describe("When it came in") Instant receivedAt) {}

    static ObjectNode received(SupplierInvoice invoice) {
        return facts(invoice.header());
    }

    static ObjectNode overdue(Header header, int days) {
        return facts(header).put("days_overdue", days).put(OPEN_AMOUNT, header.openAmount());
    }

    private static ObjectNode facts(Header header) {
        return Json.tree(new Payload(
                header.id(),
                header.invoiceNumber(),
                header.internalNumber(),
                header.supplierId(),
                header.supplierName(),
                header.supplierEmail(),
                header.supplierGstin(),
                header.isMsme(),
                header.purchaseOrderId(),
                header.poNumber(),
                header.invoiceDate(),
                header.dueDate(),
                header.net(),
                header.tax(),
                header.total(),
                header.currency(),
                header.amountBase(),
                header.status(),
                header.receivedAt()));
    }

    /** Which receipt it was is not said: the next match looks at all that came. */
    static ObjectNode receiptArrived(SupplierInvoice invoice) {
        return received(invoice).putNull(RECEIPT).putNull(RECEIPT_NUMBER);
    }

    static ObjectNode held(SupplierInvoice invoice) {
        return received(invoice)
                .put(REASON, invoice.header().holdReason().orElse(""))
                .put(CODE, invoice.header().holdCode().map(InvoiceRows::text).orElse(""));
    }

    static ObjectNode released(SupplierInvoice invoice) {
        return received(invoice)
                .put(JOURNAL, invoice.header().journalId().orElseThrow().toString());
    }

    /** Rejected, cancelled or reversed. */
    static ObjectNode ended(SupplierInvoice invoice) {
        return received(invoice).put(REASON, invoice.header().endReason().orElse(""));
    }

    private static Shape with(Field... more) {
        Shape base = RecordShapes.of(Payload.class);
        return new Shape(
                Stream.concat(base.fields().stream(), Arrays.stream(more)).toList(), List.of(), false);
    }
}
