package dev.millrace.language.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** A line in English. */
public final class Words {
    private Words() {}

    /** As {@link dev.millrace.language.Schedule#words} says. */
    public static String of(Line line) {
        String days = DayWords.of(line.days());
        boolean atTimes = TimeWords.isListOfTimes(line);
        String time = TimeWords.of(line);
        if (!days.isEmpty()) {
            return time + " " + days;
        }
        return atTimes ? time + " every day" : time;
    }

    /** "a, b and c". */
    static String list(List<String> words) {
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }

    /** The values, three or more in a row as "a to c". */
    static String runs(Values values, IntFunction<String> word) {
        var words = new ArrayList<String>();
        int start = values.first();
        while (start != Values.NONE) {
            int end = start;
            while (values.has(end + 1)) {
                end++;
            }
            if (end - start >= 2) {
                words.add(word.apply(start) + " to " + word.apply(end));
            } else {
                Values.range(start, end, 1).list().forEach(value -> words.add(word.apply(value)));
            }
            start = values.atOrAfter(end + 1);
        }
        return list(words);
    }
}
