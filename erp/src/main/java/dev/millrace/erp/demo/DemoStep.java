package dev.millrace.erp.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What happened to an order after it was made, as the log tells it. {@code at} is of 2018 or early 2019; {@code line} is the
 * number of the order's line.
 */
public sealed interface DemoStep {
    Instant at();

    int line();

    /** Goods, or a service, were taken in. */
    record Receipt(Instant at, int line, BigDecimal quantity) implements DemoStep {}

    /** A receipt of this quantity was taken back. */
    record ReceiptReversed(Instant at, int line, BigDecimal quantity) implements DemoStep {}

    /**
     * The supplier's invoice came.
     *
     * @param number as the supplier wrote it
     * @param cgst in rupees, as {@code sgst}, {@code igst} and {@code total}
     * @param planted the defect that was planted into the real sequence, in words
     */
    record Invoice(
            Instant at,
            int line,
            String number,
            BigDecimal quantity,
            BigDecimal unitPrice,
            BigDecimal cgst,
            BigDecimal sgst,
            BigDecimal igst,
            BigDecimal total,
            Optional<String> planted)
            implements DemoStep {

        /** The same for a copy of an invoice, however its number is spelled. */
        public String digits() {
            return number.replaceAll("[^0-9]", "");
        }
    }

    /** An invoice of this quantity was taken back; the log does not say which. */
    record InvoiceCancelled(Instant at, int line, BigDecimal quantity) implements DemoStep {}

    /** What the line owed was paid. */
    record Paid(Instant at, int line) implements DemoStep {}

    /** Empty for what the ERP has no word for, such as debit memos. */
    static Optional<DemoStep> read(JsonNode step) {
        Instant at = Instant.parse(step.get("at").asString());
        int line = step.get("line_no").asInt();
        return switch (step.get("event").asString()) {
            case "goods_receipt.posted" -> Optional.of(new Receipt(at, line, DemoOrders.decimal(step, "quantity")));
            case "goods_receipt.reversed" ->
                Optional.of(new ReceiptReversed(at, line, DemoOrders.decimal(step, "quantity")));
            case "supplier_invoice.received" ->
                Optional.of(new Invoice(
                        at,
                        line,
                        step.get("invoice_number").asString(),
                        DemoOrders.decimal(step, "quantity"),
                        DemoOrders.decimal(step, "unit_price"),
                        DemoOrders.decimal(step, "cgst"),
                        DemoOrders.decimal(step, "sgst"),
                        DemoOrders.decimal(step, "igst"),
                        DemoOrders.decimal(step, "total_amount"),
                        Optional.ofNullable(step.get("injected").stringValue(null))));
            case "supplier_invoice.cancelled" ->
                Optional.of(new InvoiceCancelled(at, line, DemoOrders.decimal(step, "quantity")));
            case "payment.posted" -> Optional.of(new Paid(at, line));
            default -> Optional.empty();
        };
    }
}
