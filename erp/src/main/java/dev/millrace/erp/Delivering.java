package dev.millrace.erp;

import java.util.List;
import java.util.UUID;

/** What came of posting a delivery. But for the first, nothing was written. */
public sealed interface Delivering {
    record Delivered(Delivery delivery) implements Delivering {}

    record OrderNotFound(UUID order) implements Delivering {}

    /** Goods leave for confirmed orders, until all of them have. */
    record WrongState(SalesOrder order) implements Delivering {}

    record Refused(List<InputProblem> problems) implements Delivering {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** Less is there than is to leave. */
    record Insufficient(StockLevel level) implements Delivering {}
}
