package dev.millrace.erp.payables;

import dev.millrace.erp.MatchResult.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Rows that are asked from the top; the first whose condition holds says what is found. A row without a code finds
 * nothing.
 *
 * @param <C> what the conditions look at
 */
record DecisionTable<C>(List<Row<C>> rows) {
    record Row<C>(Predicate<C> when, Outcome outcome, Optional<String> code) {}

    DecisionTable {
        rows = List.copyOf(rows);
    }

    static <C> Row<C> nothing(Predicate<C> when) {
        return new Row<>(when, Outcome.MATCHED, Optional.empty());
    }

    static <C> Row<C> row(Predicate<C> when, Outcome outcome, String code) {
        return new Row<>(when, outcome, Optional.of(code));
    }

    /** The row that applies; the last one must always. */
    Row<C> decide(C about) {
        return rows.stream()
                .filter(row -> row.when().test(about))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no row of the table applies to " + about));
    }
}
