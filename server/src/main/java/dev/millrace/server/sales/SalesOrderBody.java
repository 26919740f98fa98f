package dev.millrace.server.sales;

import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.SalesOrder.Header;
import dev.millrace.erp.SalesOrder.Line;
import dev.millrace.server.order.RoutingBody;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A sales order, as it is answered; amounts are texts with the currency's digits.
 *
 * @param amountBase the total in the company's own currency
 * @param discountPercent the highest of its lines'
 * @param marginPercent null: nobody knows what all items cost
 * @param lines null in a list
 * @param routing who decides; only in the answer to its submission
 */
record SalesOrderBody(
        UUID id,
        String orderNumber,
        SalesOrder.Status status,
        UUID customerId,
        String customerCode,
        String customerName,
        Optional<String> customerRef,
        String currency,
        String netAmount,
        String taxAmount,
        String totalAmount,
        String amountBase,
        String discountPercent,
        Optional<String> marginPercent,
        Optional<LocalDate> neededBy,
        UUID requestedBy,
        String requestedByName,
        Optional<Instant> submittedAt,
        Optional<Instant> confirmedAt,
        Optional<UUID> approvalId,
        Optional<String> confirmedBy,
        Optional<String> holdReason,
        Optional<String> cancelReason,
        int version,
        Instant createdAt,
        Instant updatedAt,
        int lineCount,
        Optional<List<LineBody>> lines,
        Optional<RoutingBody> routing) {

    record LineBody(
            UUID id,
            int lineNo,
            UUID itemId,
            String itemCode,
            String description,
            String hsnSac,
            String quantity,
            String uqc,
            String unitPrice,
            String discountPercent,
            String discount,
            String gstRate,
            String amount,
            String tax,
            Optional<UUID> warehouseId,
            String reservedQuantity,
            String deliveredQuantity,
            String invoicedQuantity) {}

    static SalesOrderBody of(SalesOrder order) {
        return of(order, Optional.empty());
    }

    static SalesOrderBody of(SalesOrder.Listed listed) {
        return of(listed.header(), listed.requester().name(), Optional.empty(), Optional.empty());
    }

    static SalesOrderBody of(SalesOrder order, Optional<RoutingBody> routing) {
        return of(
                order.header(),
                order.requester().name(),
                Optional.of(order.lines().stream().map(SalesOrderBody::line).toList()),
                routing);
    }

    private static SalesOrderBody of(
            Header header, String requester, Optional<List<LineBody>> lines, Optional<RoutingBody> routing) {
        return new SalesOrderBody(
                header.id(),
                header.number(),
                header.status(),
                header.customerId(),
                header.customerCode(),
                header.customerName(),
                header.customerRef(),
                header.currency(),
                header.net().toPlainString(),
                header.tax().toPlainString(),
                header.total().toPlainString(),
                header.amountBase().toPlainString(),
                header.discountPercent().toPlainString(),
                header.marginPercent().map(BigDecimal::toPlainString),
                header.neededBy(),
                header.requestedBy(),
                requester,
                header.submittedAt(),
                header.confirmedAt(),
                header.approvalId(),
                header.confirmedBy(),
                header.holdReason(),
                header.cancelReason(),
                header.version(),
                header.createdAt(),
                header.updatedAt(),
                header.lineCount(),
                lines,
                routing);
    }

    private static LineBody line(Line line) {
        return new LineBody(
                line.id(),
                line.lineNo(),
                line.itemId(),
                line.itemCode(),
                line.description(),
                line.hsnSac(),
                line.quantity().toPlainString(),
                line.uqc(),
                line.unitPrice().toPlainString(),
                line.discountPercent().toPlainString(),
                line.discount().toPlainString(),
                line.gstRate().toPlainString(),
                line.amount().toPlainString(),
                line.tax().toPlainString(),
                line.warehouseId(),
                line.reservedQty().toPlainString(),
                line.deliveredQty().toPlainString(),
                line.invoicedQty().toPlainString());
    }
}
