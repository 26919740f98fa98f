package dev.millrace.erp;

import dev.millrace.engine.action.Describe;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What came of holding a supplier's invoice against its order and receipts. Amounts are in the invoice's currency at
 * two decimals, quantities in the order's unit.
 */
public record MatchResult(
        @Describe("The worst of all that was found") Outcome outcome,
        @Describe("What follows from the outcome") Decision decision,

        @Describe(
                "What was found, each once: the invoice's own first, then those of the lines, then those of the charges")
        List<String> codes,

        @Describe("Line by line what was ordered, received and invoiced")
        List<Line> lines,

        @Describe("Invoice minus expected over all lines, tax and charges excluded")
        BigDecimal totalVariance,

        @Describe("Of the expected value") BigDecimal variancePercent,

        @Describe("What the invoice asks for and the warehouse does not have")
        List<Missing> missingReceipt,

        @Describe("The supplier's number of the invoice that this one repeats")
        Optional<String> duplicateOf,

        @Describe("One sentence for people") String summary) {

    public MatchResult {
        codes = List.copyOf(codes);
        lines = List.copyOf(lines);
        missingReceipt = List.copyOf(missingReceipt);
    }

    /** From good to bad. */
    public enum Outcome {
        MATCHED(Decision.RELEASE),
        WITHIN_TOLERANCE(Decision.RELEASE),
        /** Nothing is wrong, but the goods are not in yet. */
        AWAITING_RECEIPT(Decision.HOLD),
        /** Somebody has to look at it. */
        VARIANCE(Decision.REVIEW),
        DUPLICATE(Decision.REJECT),
        INVALID(Decision.REJECT);

        private final Decision decision;

        Outcome(Decision decision) {
            this.decision = decision;
        }

        public Decision decision() {
            return decision;
        }

        public Outcome worse(Outcome other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /** What is to be done with the invoice. */
    public enum Decision {
        RELEASE,
        HOLD,
        REVIEW,
        REJECT
    }

    /** What a line is held against. */
    public enum Mode {
        /** Order and receipts: goods. */
        THREE_WAY,
        /** The order alone: services, for which no receipt is expected. */
        TWO_WAY,
        /** Nothing: there is no order. */
        NONE
    }

    public record Line(
            @Describe("Of the invoice, from 1") int lineNo,
            @Describe("The order's line") Optional<UUID> poLineId,
            @Describe("What it is held against") Mode mode,
            @Describe("Quantity ordered") BigDecimal ordered,
            @Describe("Received less returned") BigDecimal received,

            @Describe("By invoices that arrived earlier and live")
            BigDecimal previouslyInvoiced,

            @Describe("By this line") BigDecimal invoiced,
            @Describe("Invoiced beyond what is there") BigDecimal quantityVariance,
            @Describe("Of the order, without tax") BigDecimal poPrice,
            @Describe("Of the invoice, without tax") BigDecimal invoicePrice,
            @Describe("Signed, of the order's price") BigDecimal priceVariancePercent,
            @Describe("Signed, for the quantity invoiced") BigDecimal priceVarianceValue,

            @Describe("Of the line's value at the order's rate")
            BigDecimal expectedTax,

            @Describe("As the invoice says") BigDecimal invoiceTax,
            @Describe("Signed") BigDecimal taxVariance,
            @Describe("The worst of the line") Outcome status,
            @Describe("What was found on the line") List<String> codes) {
        public Line {
            codes = List.copyOf(codes);
        }
    }

    public record Missing(
            @Describe("The order's line") Optional<UUID> poLineId,
            @Describe("The item's code") String itemCode,
            @Describe("Not received yet") BigDecimal quantity) {}
}
