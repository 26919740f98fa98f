package dev.millrace.erp.payables;

import dev.millrace.erp.MatchResult.Mode;
import dev.millrace.erp.PurchaseOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Everything that a match depends on.
 *
 * @param order that the invoice names
 * @param duplicateOf the supplier's number of the invoice that this one repeats
 * @param hasTwin another invoice of the supplier has the same total and was written within a week
 * @param accepted what an approval of this invoice has accepted before
 */
public record MatchFacts(
        Invoice invoice,
        Optional<Order> order,
        Optional<String> duplicateOf,
        boolean hasTwin,
        List<Accepted> accepted) {
    public MatchFacts {
        accepted = List.copyOf(accepted);
    }

    /**
     * @param rate what one unit of the currency is worth in the company's own
     * @param charges freight and the like, apart from the lines
     * @param roundOff signed
     * @param kind of the tax that is owed
     */
    public record Invoice(
            UUID supplier,
            String currency,
            BigDecimal rate,
            BigDecimal charges,
            BigDecimal roundOff,
            BigDecimal total,
            Taxes.Kind kind,
            List<Line> lines) {
        public Invoice {
            lines = List.copyOf(lines);
        }
    }

    /**
     * @param lineNo of the invoice, each once
     * @param ordered the order's line, if there is one
     * @param taxable the line's value without tax
     * @param gstRate as the invoice says, percent; where there is an order its rate counts
     */
    public record Line(
            int lineNo,
            Optional<OrderLine> ordered,
            BigDecimal quantity,
            BigDecimal unitPrice,
            BigDecimal taxable,
            BigDecimal gstRate,
            Taxes taxes) {}

    public record Order(UUID supplier, String currency, PurchaseOrder.Status status) {}

    /**
     * @param received less what was returned
     * @param previouslyInvoiced by other invoices that arrived earlier and are not rejected, reversed, cancelled or
     *     duplicates
     */
    public record OrderLine(
            UUID id,
            String itemCode,
            Mode mode,
            BigDecimal ordered,
            BigDecimal received,
            BigDecimal previouslyInvoiced,
            BigDecimal unitPrice,
            BigDecimal gstRate) {}

    /**
     * A difference that an approval has accepted.
     *
     * @param lineNo of the invoice; 0: of the invoice as a whole
     * @param deviation how large it was, in whatever the code measures; never negative
     */
    public record Accepted(String code, int lineNo, BigDecimal deviation) {
        /** It is of the same kind and place, and not larger. */
        boolean covers(Finding finding) {
            return code.equals(finding.code())
                    && lineNo == finding.lineNo()
                    && finding.deviation().compareTo(deviation) <= 0;
        }
    }
}
