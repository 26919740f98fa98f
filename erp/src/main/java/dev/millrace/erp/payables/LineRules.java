package dev.millrace.erp.payables;

import static dev.millrace.erp.payables.DecisionTable.nothing;
import static dev.millrace.erp.payables.DecisionTable.row;

import dev.millrace.erp.MatchResult.Mode;
import dev.millrace.erp.MatchResult.Outcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What may be found on one line: three tables, for quantity, price and tax, in this order. */
final class LineRules {
    static final DecisionTable<LineFigures> QUANTITY = new DecisionTable<>(List.of(
            nothing(line -> line.excess().signum() == 0),
            row(LineFigures::isExcessWithinLimits, Outcome.WITHIN_TOLERANCE, "quantity_within_tolerance"),
            row(
                    line -> line.isCoveredByOrder() && line.ordered().mode() == Mode.THREE_WAY,
                    Outcome.AWAITING_RECEIPT,
                    "awaiting_receipt"),
            row(line -> true, Outcome.VARIANCE, "quantity_over_ordered")));

    static final DecisionTable<LineFigures> PRICE = new DecisionTable<>(List.of(
            nothing(line -> line.priceDifference().signum() == 0),
            row(
                    line -> line.priceDifference().signum() > 0 && line.isPriceWithinLimits(),
                    Outcome.WITHIN_TOLERANCE,
                    "price_within_tolerance"),
            row(line -> line.priceDifference().signum() > 0, Outcome.VARIANCE, "price_over"),
            row(line -> !line.isPriceSuspiciouslyLow(), Outcome.WITHIN_TOLERANCE, "price_lower"),
            row(line -> true, Outcome.VARIANCE, "price_suspiciously_low")));

    static final DecisionTable<LineFigures> TAX = new DecisionTable<>(List.of(
            row(line -> line.line().taxes().isOfAnotherKind(line.kind()), Outcome.VARIANCE, "tax_type_mismatch"),
            nothing(line -> line.taxDifference().largest().signum() == 0),
            row(
                    line -> line.base(line.taxDifference().largest())
                                    .compareTo(line.tolerances().taxAmount())
                            <= 0,
                    Outcome.WITHIN_TOLERANCE,
                    "tax_rounding"),
            row(line -> true, Outcome.VARIANCE, "tax_mismatch")));

    private LineRules() {}

    /** What is found on a line that is on the order. */
    static List<Finding> compared(LineFigures line) {
        var found = new ArrayList<Finding>();
        apply(QUANTITY, line, line.excess(), LineRules::quantityText, found);
        apply(PRICE, line, line.priceDifference().abs(), LineRules::priceText, found);
        apply(TAX, line, line.taxDifference().largest(), LineRules::taxText, found);
        return found;
    }

    /** What is found on a line that nothing is held against but the law. */
    static List<Finding> alone(LineFigures line) {
        var found = new ArrayList<Finding>();
        apply(TAX, line, line.taxDifference().largest(), LineRules::taxText, found);
        return found;
    }

    private static void apply(
            DecisionTable<LineFigures> table,
            LineFigures line,
            BigDecimal deviation,
            Function<LineFigures, String> text,
            List<Finding> found) {
        DecisionTable.Row<LineFigures> row = table.decide(line);
        int lineNo = line.line().lineNo();
        row.code()
                .map(code ->
                        new Finding(code, lineNo, row.outcome(), deviation, "line " + lineNo + ": " + text.apply(line)))
                .ifPresent(found::add);
    }

    private static String quantityText(LineFigures line) {
        return plain(line.excess()) + " of " + plain(line.line().quantity())
                + (line.isCoveredByOrder() ? " not received yet, worth " : " more than ordered and received, worth ")
                + line.excessValue().toPlainString();
    }

    private static String priceText(LineFigures line) {
        return "price " + plain(line.line().unitPrice()) + " instead of "
                + plain(line.ordered().unitPrice()) + ", " + signed(line.pricePercent()) + " %, "
                + signed(line.priceValue());
    }

    private static String taxText(LineFigures line) {
        if (line.line().taxes().isOfAnotherKind(line.kind())) {
            return line.kind() == Taxes.Kind.HALVES
                    ? "IGST where CGST and SGST are due"
                    : "CGST or SGST where IGST is due";
        }
        return "tax " + line.line().taxes().sum().toPlainString() + " instead of "
                + line.taxDue().sum().toPlainString();
    }

    private static String signed(BigDecimal number) {
        return (number.signum() > 0 ? "+" : "") + number.toPlainString();
    }

    private static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.setScale(Math.max(stripped.scale(), 0)).toPlainString();
    }
}
