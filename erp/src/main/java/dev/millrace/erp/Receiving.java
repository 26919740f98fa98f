package dev.millrace.erp;

import java.util.List;
import java.util.UUID;

/** What came of posting a receipt. But for the first, nothing was written. */
public sealed interface Receiving {
    record Received(GoodsReceipt receipt) implements Receiving {}

    record OrderNotFound(UUID order) implements Receiving {}

    /** Goods come in for approved orders that are not closed. */
    record WrongState(PurchaseOrder order) implements Receiving {}

    record Refused(List<InputProblem> problems) implements Receiving {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
