package dev.millrace.erp.payables;

import dev.millrace.erp.MatchResult.Outcome;
import java.math.BigDecimal;

/**
 * One thing that a match found.
 *
 * @param lineNo of the invoice; 0: of the invoice as a whole
 * @param deviation how large it is, in whatever the code measures; never negative
 * @param text half a sentence for people
 */
record Finding(String code, int lineNo, Outcome outcome, BigDecimal deviation, String text) {
    static final int WHOLE = 0;
    static final String ACCEPTED = "accepted";

    /** The same, accepted by an approval. */
    Finding accepted() {
        return new Finding(ACCEPTED, lineNo, Outcome.WITHIN_TOLERANCE, deviation, text + ", which was accepted");
    }
}
