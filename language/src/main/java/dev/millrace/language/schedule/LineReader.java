package dev.millrace.language.schedule;

import dev.millrace.language.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the text of a schedule. */
public final class LineReader {
    private static final int LONGEST = 500;
    private static final Pattern FIELD = Pattern.compile("\\S+");
    private static final String FORM = "five fields (minute hour day month weekday) or six with seconds first";

    private final List<Schedule.Fault> faults = new ArrayList<>();

    private LineReader() {}

    /** What reading gave. */
    public sealed interface Read {
        record Good(Line line) implements Read {}

        record Bad(List<Schedule.Fault> faults) implements Read {
            public Bad {
                faults = List.copyOf(faults);
            }
        }
    }

    /** Finds the first fault of each field. Never throws. */
    public static Read read(String text) {
        var reader = new LineReader();
        Optional<Line> line = reader.line(text);
        return line.isPresent() && reader.faults.isEmpty() ? new Read.Good(line.get()) : new Read.Bad(reader.faults);
    }

    private Optional<Line> line(String text) {
        try {
            List<Part> fields = fields(text);
            List<Unit> units = fields.size() == Unit.WITH_SECONDS.size() ? Unit.WITH_SECONDS : Unit.WITHOUT_SECONDS;
            var read = new ArrayList<UnitReader.Read>();
            for (int i = 0; i < fields.size(); i++) {
                field(units.get(i), fields.get(i)).ifPresent(read::add);
            }
            return faults.isEmpty() ? Optional.of(line(text, fields, read)) : Optional.empty();
        } catch (Fault fault) {
            faults.add(fault.told());
            return Optional.empty();
        }
    }

    private static List<Part> fields(String text) {
        var whole = new Part(0, text);
        if (text.length() > LONGEST) {
            throw Fault.invalid(whole, FORM, "got " + text.length() + " characters; at most " + LONGEST + " are read.");
        }
        List<Part> fields = FIELD.matcher(text)
                .results()
                .map(found -> new Part(found.start(), found.group()))
                .toList();
        if (!fields.isEmpty()) {
            ForeignSigns.refuseNickname(fields.getFirst());
        }
        if (fields.size() < Unit.WITHOUT_SECONDS.size() || fields.size() > Unit.WITH_SECONDS.size()) {
            throw Fault.invalid(whole, FORM, whole.got() + advice(fields));
        }
        return fields;
    }

    private static String advice(List<Part> fields) {
        boolean spaced = fields.stream()
                .anyMatch(f -> f.text().startsWith(",") || f.text().endsWith(","));
        if (spaced) {
            return "; write lists without spaces: 1,15.";
        }
        return fields.size() == Unit.WITH_SECONDS.size() + 1 ? "; leave the year out." : ".";
    }

    private Optional<UnitReader.Read> field(Unit unit, Part field) {
        try {
            return Optional.of(UnitReader.read(unit, field));
        } catch (Fault fault) {
            faults.add(fault.told());
            return Optional.empty();
        }
    }

    private static Line line(String text, List<Part> fields, List<UnitReader.Read> read) {
        List<UnitReader.Read> five = read.subList(read.size() - Unit.WITHOUT_SECONDS.size(), read.size());
        UnitReader.Read hours = five.get(1);
        UnitReader.Read day = five.get(2);
        UnitReader.Read weekday = five.get(4);
        var days = new Days(
                day.values(), day.lastDay(), five.get(3).values(), weekday.values(), day.star(), weekday.star());
        if (days.isNever()) {
            Part from = fields.get(fields.size() - 3);
            Part to = fields.get(fields.size() - 2);
            throw Fault.never(
                    new Part(
                            from.offset(),
                            text.substring(
                                    from.offset(), to.offset() + to.text().length())),
                    "a day that one of the months has",
                    "got day '" + from.text() + "' of month '" + to.text() + "', which never comes.");
        }
        Values seconds = read.size() > five.size() ? read.getFirst().values() : Values.only(0);
        return new Line(seconds, five.getFirst().values(), hours.values(), hours.star() || hours.step(), days);
    }
}
