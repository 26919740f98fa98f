package dev.millrace.erp;

import java.util.UUID;

/** What came of deciding on a change of price. */
public sealed interface PriceDecision {
    /**
     * @param changed false: it was decided so before
     */
    record Decided(PriceChange change, boolean changed) implements PriceDecision {}

    record NotFound(UUID id) implements PriceDecision {}

    /** It was decided the other way. */
    record WrongState(PriceChange change) implements PriceDecision {}
}
