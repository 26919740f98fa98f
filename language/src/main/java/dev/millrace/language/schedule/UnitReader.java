package dev.millrace.language.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Reads one field: a list of {@code *}, values, ranges, each perhaps with a step. */
final class UnitReader {
    private static final int MOST_DIGITS = 4;

    private final Unit unit;
    private Values values = new Values(0);
    private boolean star;
    private boolean step;
    private boolean lastDay;

    private UnitReader(Unit unit) {
        this.unit = unit;
    }

    /**
     * @param star a plain {@code *} is among the items: every value, and no restriction
     * @param step an item has a step
     * @param lastDay {@code L} is among the items
     */
    record Read(Values values, boolean star, boolean step, boolean lastDay) {}

    /** @throws Fault the field cannot be read */
    static Read read(Unit unit, Part field) {
        var reader = new UnitReader(unit);
        ForeignSigns.refuse(unit, field);
        field.split(',').forEach(item -> reader.item(item, field));
        return new Read(reader.values, reader.star, reader.step, reader.lastDay);
    }

    private void item(Part item, Part field) {
        if (item.text().isEmpty()) {
            throw Fault.invalid(
                    field, unit.words() + " before and after each comma", field.got() + "; remove the comma.");
        }
        List<Part> halves = item.split('/');
        if (halves.size() > 2) {
            throw Fault.invalid(item, "one step, such as */15", item.got() + ".");
        }
        if (halves.size() == 2) {
            stepped(halves.getFirst(), halves.getLast());
        } else if (unit == Unit.DAY && item.is("L")) {
            lastDay = true;
        } else {
            star |= item.is("*");
            values = values.and(range(item, 1, false));
        }
    }

    private void stepped(Part base, Part size) {
        if (base.is("L")) {
            throw Fault.invalid(base, "days to step through before '/'", base.got() + "; write */2, or 1-15/2.");
        }
        int by = number(size, "a step of 1 to " + unit.count());
        if (by == 0) {
            throw Fault.never(size, "a step of 1 to " + unit.count(), "got 0, which never comes to the next value.");
        }
        if (by > unit.count()) {
            throw Fault.invalid(
                    size,
                    "a step of 1 to " + unit.count() + ", since a step begins anew with each " + around(),
                    size.got() + ".");
        }
        step = true;
        star |= by == 1 && base.is("*");
        values = values.and(range(base, by, true));
    }

    private String around() {
        return switch (unit) {
            case SECOND -> "minute";
            case MINUTE -> "hour";
            case HOUR -> "day";
            case DAY -> "month";
            case MONTH -> "year";
            case WEEKDAY -> "week";
        };
    }

    /** @param open a single value goes on to the end of the unit */
    private Values range(Part base, int by, boolean open) {
        if (base.is("*")) {
            return Values.range(unit.first(), unit.last(), by);
        }
        List<Part> ends = base.split('-');
        if (ends.size() > 2) {
            throw Fault.invalid(base, unit.words() + ", or a range of two of them", base.got() + ".");
        }
        int from = value(ends.getFirst());
        if (ends.size() == 1) {
            return open ? Values.range(folded(from), unit.last(), by) : Values.only(folded(from));
        }
        int to = value(ends.getLast());
        boolean endsOnSunday = unit == Unit.WEEKDAY && to == 0 && from > 0 && from <= unit.last();
        return between(base, folded(from), endsOnSunday ? unit.written() : from > unit.last() ? folded(to) : to, by);
    }

    /** Sunday may end a range though it begins the week: then it is 7. */
    private Values between(Part range, int from, int to, int by) {
        if (to < from) {
            throw by == 1
                    ? Fault.replace(range, "a range that goes up", range.got(), wrapped(from, to))
                    : Fault.invalid(range, "a range that goes up", range.got() + "; write a list.");
        }
        Values plain = Values.range(from, Math.min(to, unit.last()), by);
        boolean reachesSunday = to > unit.last() && (to - from) % by == 0;
        return reachesSunday ? plain.and(Values.only(folded(to))) : plain;
    }

    private String wrapped(int from, int to) {
        var parts = new ArrayList<String>();
        parts.add(from == unit.last() ? "" + from : from + "-" + unit.last());
        parts.add(to == unit.first() ? "" + to : unit.first() + "-" + to);
        return String.join(",", parts);
    }

    private int folded(int value) {
        return value > unit.last() ? unit.first() : value;
    }

    private int value(Part part) {
        OptionalInt named = unit.named(part.text());
        if (named.isPresent()) {
            return named.getAsInt();
        }
        ForeignSigns.refuseLongName(unit, part);
        int value = number(part, unit.words());
        if (value < unit.first() || value > unit.written()) {
            throw Fault.invalid(part, unit.words(), part.got() + ".");
        }
        return value;
    }

    private static int number(Part part, String expected) {
        String text = part.text();
        boolean digits =
                !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw Fault.invalid(part, expected, part.got() + ".");
        }
        return Integer.parseInt(text);
    }
}
