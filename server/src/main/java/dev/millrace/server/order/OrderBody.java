package dev.millrace.server.order;

import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.PurchaseOrder.Header;
import dev.millrace.erp.PurchaseOrder.Line;
import dev.millrace.erp.Submission.Routing;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A purchase order, as it is answered; amounts are texts with the currency's digits.
 *
 * @param amountBase the total in the company's own currency
 * @param lines null in a list
 * @param routing who decides; only in the answer to its submission
 */
record OrderBody(
        UUID id,
        String poNumber,
        PurchaseOrder.Status status,
        UUID supplierId,
        String supplierCode,
        String supplierName,
        String currency,
        String rate,
        String netAmount,
        String taxAmount,
        String totalAmount,
        String amountBase,
        Optional<String> category,
        Optional<String> costCenter,
        Optional<LocalDate> neededBy,
        UUID requestedBy,
        String requestedByName,
        Optional<Instant> submittedAt,
        Optional<Instant> lockedAt,
        Optional<UUID> approvalId,
        Optional<String> approvedBy,
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
            String gstRate,
            String amount,
            String tax,
            String receivedQty,
            Optional<UUID> warehouseId) {}

    static OrderBody of(PurchaseOrder order) {
        return of(
                order.header(),
                order.requester().name(),
                Optional.of(order.lines().stream().map(OrderBody::line).toList()),
                Optional.empty());
    }

    static OrderBody of(PurchaseOrder.Listed listed) {
        return of(listed.header(), listed.requester().name(), Optional.empty(), Optional.empty());
    }

    static OrderBody submitted(PurchaseOrder order, Routing routing, List<UUID> executions) {
        OrderBody plain = of(order);
        return of(
                order.header(),
                order.requester().name(),
                plain.lines(),
                Optional.of(RoutingBody.of(routing, executions)));
    }

    private static OrderBody of(
            Header header, String requester, Optional<List<LineBody>> lines, Optional<RoutingBody> routing) {
        return new OrderBody(
                header.id(),
                header.number(),
                header.status(),
                header.supplierId(),
                header.supplierCode(),
                header.supplierName(),
                header.currency(),
                header.rate().toPlainString(),
                header.net().toPlainString(),
                header.tax().toPlainString(),
                header.total().toPlainString(),
                header.amountBase().toPlainString(),
                header.category(),
                header.costCenter(),
                header.neededBy(),
                header.requestedBy(),
                requester,
                header.submittedAt(),
                header.lockedAt(),
                header.approvalId(),
                header.approvedBy(),
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
                plain(line.quantity()),
                line.uqc(),
                line.unitPrice().toPlainString(),
                plain(line.gstRate()),
                line.amount().toPlainString(),
                line.tax().toPlainString(),
                plain(line.receivedQty()),
                line.warehouseId());
    }

    /** A quantity or a percentage, without the zeros that its column adds. */
    private static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.setScale(Math.max(0, stripped.scale())).toPlainString();
    }

    static String word(PurchaseOrder.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
