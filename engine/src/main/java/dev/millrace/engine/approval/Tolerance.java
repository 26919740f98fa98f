package dev.millrace.engine.approval;

import dev.millrace.engine.FieldChange;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How far a document may move without being asked about again: amounts by a percentage, everything else not at all.
 *
 * @param percent of the amount that was approved, up or down; 0: not at all
 */
record Tolerance(BigDecimal percent) {
    /** The last name of the path of an amount. */
    private static final Pattern AMOUNT = Pattern.compile(
            "(?:.*\\.)?(?:amount|total|subtotal|price|tax|[a-z0-9_]+_(?:amount|total|subtotal|price|tax))(?:_base)?");

    /** Whether nobody need be asked again. Compared with what was approved, so that small steps do not add up. */
    boolean covers(List<FieldChange> changes) {
        return changes.stream().allMatch(this::covers);
    }

    private boolean covers(FieldChange change) {
        if (!AMOUNT.matcher(change.path()).matches()) {
            return false;
        }
        Optional<BigDecimal> before = change.before().flatMap(Differences::number);
        Optional<BigDecimal> after = change.after().flatMap(Differences::number);
        if (before.isEmpty() || after.isEmpty()) {
            return false;
        }
        BigDecimal moved = after.get().subtract(before.get()).abs();
        BigDecimal allowed = before.get().abs().multiply(percent).movePointLeft(2);
        return moved.compareTo(allowed) <= 0;
    }
}
