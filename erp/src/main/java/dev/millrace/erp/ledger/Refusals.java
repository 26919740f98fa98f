package dev.millrace.erp.ledger;

import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.PostingRefused;
import java.util.function.Supplier;

/** Turns what the ledger refuses into the failure of a step, with the same code. */
public final class Refusals {
    private Refusals() {}

    /**
     * @throws ActionFailure permanent: it was refused
     */
    public static <T> T asFailures(Supplier<T> work) {
        try {
            return work.get();
        } catch (PostingRefused refused) {
            throw ActionFailure.permanent(refused.code(), String.valueOf(refused.getMessage()));
        }
    }
}
