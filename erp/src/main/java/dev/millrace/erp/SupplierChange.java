package dev.millrace.erp;

import java.util.List;
import java.util.UUID;

/** What came of entering or changing a supplier. */
public sealed interface SupplierChange {
    /**
     * @param supplier as it is now
     * @param changed false: it was so before
     */
    record Done(Supplier supplier, boolean changed) implements SupplierChange {}

    record NotFound(UUID id) implements SupplierChange {}

    /** What was sent in is wrong; nothing was written. */
    record Unfit(List<InputProblem> problems) implements SupplierChange {
        public Unfit {
            problems = List.copyOf(problems);
        }
    }

    /**
     * It stays as it was.
     *
     * @param code {@code wrong_state}, {@code bank_details_missing}, {@code gstin_invalid}, {@code approval_required} or
     *     {@code approval_stale}
     * @param message what was expected, what there is, what to do
     */
    record Refused(String code, String message) implements SupplierChange {}
}
