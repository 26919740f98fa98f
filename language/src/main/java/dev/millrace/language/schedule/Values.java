package dev.millrace.language.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * The values that a field allows.
 *
 * @param bits bit n stands for the value n
 */
record Values(long bits) {
    /** None, as what {@link #atOrAfter} gives. */
    static final int NONE = 64;

    static Values range(int from, int to, int step) {
        long bits = 0;
        for (int value = from; value <= to; value += step) {
            bits |= 1L << value;
        }
        return new Values(bits);
    }

    static Values only(int value) {
        return new Values(1L << value);
    }

    Values and(Values other) {
        return new Values(bits | other.bits);
    }

    boolean has(int value) {
        return ((bits >> value) & 1) == 1;
    }

    int first() {
        return Long.numberOfTrailingZeros(bits);
    }

    int last() {
        return 63 - Long.numberOfLeadingZeros(bits);
    }

    int count() {
        return Long.bitCount(bits);
    }

    /** The least allowed value from the one given on; {@link #NONE} if there is none. */
    int atOrAfter(int value) {
        return value > 63 ? NONE : Long.numberOfTrailingZeros(bits & (-1L << value));
    }

    List<Integer> list() {
        var list = new ArrayList<Integer>();
        for (int value = first(); value != NONE; value = atOrAfter(value + 1)) {
            list.add(value);
        }
        return list;
    }

    /** Two or more, none left out between the first and the last. */
    boolean isRange() {
        return count() > 1 && last() - first() + 1 == count();
    }

    boolean isAllOf(Unit unit) {
        return count() == unit.count();
    }

    /** The n of "every n minutes": from 0 on, in equal steps that divide the unit; 0 if it is not so. */
    int evenStep(Unit unit) {
        if (count() < 2 || unit.count() % count() != 0) {
            return 0;
        }
        int step = unit.count() / count();
        return equals(range(unit.first(), unit.last(), step)) ? step : 0;
    }
}
