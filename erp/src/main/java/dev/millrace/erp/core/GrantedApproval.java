package dev.millrace.erp.core;

import static java.util.stream.Collectors.joining;

import dev.millrace.engine.Documents.Fit;
import dev.millrace.engine.FieldChange;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import java.util.Optional;
import java.util.UUID;

/** What an order is acted on with: an approval of exactly what it is now, or none where it is what was submitted. */
public final class GrantedApproval {
    private static final int CHANGES_SHOWN = 5;

    private GrantedApproval() {}

    /**
     * To be asked with the order's row locked, so that it stays what was approved.
     *
     * @param revised it was changed after it was submitted
     * @throws ActionFailure {@code approval_required}, {@code approval_stale}
     */
    public static void require(
            Tx tx, ActionContext context, Optional<UUID> approval, String entityType, UUID order, boolean revised) {
        if (approval.isEmpty()) {
            if (revised) {
                throw ActionFailure.permanent(
                        "approval_required",
                        "The order was changed after it was submitted, and the workflow names no approval of what it is now:"
                                + " let it ask for one, or cancel the order and raise it again");
            }
            return;
        }
        switch (context.documents().fits(tx, approval.get(), entityType, order)) {
            case Fit.Good good -> {
                // What was approved is what is acted on.
            }
            case Fit.Stale stale ->
                throw ActionFailure.permanent(
                        "approval_stale",
                        "The order is not what was approved any more ("
                                + stale.changes().stream()
                                        .limit(CHANGES_SHOWN)
                                        .map(FieldChange::path)
                                        .collect(joining(", "))
                                + "): have it approved as it is");
            case Fit.Missing missing ->
                throw ActionFailure.permanent(
                        "approval_required",
                        "Expected at approval_id an approval of this order that was granted, but '" + approval.get()
                                + "' is none: have the order approved");
        }
    }
}
