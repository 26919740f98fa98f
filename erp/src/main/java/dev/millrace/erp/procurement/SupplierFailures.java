package dev.millrace.erp.procurement;

import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.SupplierChange;

/** Turns what came of a change into what a step gives or fails with. */
final class SupplierFailures {
    private SupplierFailures() {}

    /**
     * @throws ActionFailure permanent: the supplier is not there, or stays as it was
     */
    static SupplierChange.Done done(SupplierChange change) {
        return switch (change) {
            case SupplierChange.Done done -> done;
            case SupplierChange.NotFound notFound ->
                throw ActionFailure.permanent(
                        "not_found",
                        "Expected a supplier of this company at supplier_id but got '" + notFound.id() + "'");
            case SupplierChange.Refused refused -> throw ActionFailure.permanent(refused.code(), refused.message());
            case SupplierChange.Unfit unfit -> {
                InputProblem first = unfit.problems().getFirst();
                throw ActionFailure.permanent(first.code(), first.message());
            }
        };
    }
}
