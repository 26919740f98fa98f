package dev.millrace.language;

import dev.millrace.language.expression.RowFilters;
import java.util.List;

/**
 * A condition on rows in the few forms that a database can be asked: fields of {@code row} compared with each other or
 * with what does not depend on the row, {@code in}, {@code is none}, {@code and}, {@code or}, {@code not}, and days added
 * to or counted until a date.
 */
public sealed interface RowFilter {

    /** All of them hold. */
    record Every(List<RowFilter> parts) implements RowFilter {
        public Every {
            parts = List.copyOf(parts);
        }
    }

    /** At least one of them holds. */
    record Either(RowFilter left, RowFilter right) implements RowFilter {}

    record Not(RowFilter part) implements RowFilter {}

    record Compared(Side left, Relation relation, Side right) implements RowFilter {}

    /** {@code item in container}. */
    record Within(Side item, Side container) implements RowFilter {}

    /** {@code side is none}. */
    record Absent(Side side) implements RowFilter {}

    /** The value counts as true. */
    record Holds(Side side) implements RowFilter {}

    /** What is compared. */
    sealed interface Side {
        /** A field of the row. */
        record Column(String field) implements Side {}

        /** {@code row.field | add_days(days)}; the days do not depend on the row. */
        record DaysLater(String field, Expression days) implements Side {}

        /** {@code row.field | days_until}. */
        record DaysUntil(String field) implements Side {}

        /** Does not depend on the row. */
        record Value(Expression expression) implements Side {}
    }

    enum Relation {
        EQUAL("="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }

        /** As SQL writes it. */
        public String sign() {
            return sign;
        }

        /** The same with its sides exchanged. */
        public Relation flipped() {
            return switch (this) {
                case EQUAL -> EQUAL;
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            };
        }
    }

    /** What reading a condition gave. */
    sealed interface Read {
        record Good(RowFilter filter) implements Read {}

        /** It has another form; the message says what was expected. */
        record Bad(String message) implements Read {}
    }

    /** Reads a condition that sees {@code row}. Never throws. */
    static Read of(String where) {
        return RowFilters.read(where);
    }
}
