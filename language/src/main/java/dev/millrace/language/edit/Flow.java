package dev.millrace.language.edit;

import dev.millrace.language.Edit.Replacement;
import java.util.List;

/** Entries between brackets: commas part them. Positions of entries are given by who knows map from list. */
final class Flow {
    private final Working working;
    private final Source source;
    private final String text;
    private final String lineBreak;

    Flow(Working working, String lineBreak) {
        this.working = working;
        this.lineBreak = lineBreak;
        source = working.source();
        text = source.text();
    }

    /** An entry: from its key, or its value in a list, to the end of its value. */
    record Stretch(int start, int end) {}

    List<Replacement> insertBefore(Stretch entry, String written) {
        return List.of(working.insert(entry.start(), written + "," + gap(entry)));
    }

    /** A comment behind the entry stays beside it. */
    List<Replacement> insertAfter(Stretch entry, String written) {
        int end = source.lineEnd(entry.end());
        String rest = text.substring(entry.end(), end).strip();
        boolean ownLine = source.isFirstOnLine(entry.start());
        if (ownLine && rest.matches(",\\s*(?:#.*)?")) {
            return List.of(working.insert(end, gap(entry) + written + ","));
        }
        if (ownLine && rest.startsWith("#")) {
            return List.of(working.insert(entry.end(), ","), working.insert(end, gap(entry) + written));
        }
        return List.of(working.insert(entry.end(), "," + gap(entry) + written));
    }

    /** On a line of its own where the entry beside it is. */
    private String gap(Stretch beside) {
        if (!source.isFirstOnLine(beside.start())) {
            return " ";
        }
        return lineBreak + text.substring(source.lineStart(beside.start()), beside.start());
    }

    List<Replacement> removeBefore(Stretch entry, Stretch next) {
        return List.of(working.replace(entry.start(), next.start(), ""));
    }

    /** The last one goes with the comma before it; comments between the two stay. */
    List<Replacement> removeLast(Stretch before, Stretch entry) {
        int comma = comma(before.end(), entry.start());
        int start = entry.start();
        while (start > comma + 1 && Source.isSpace(text.charAt(start - 1))) {
            start--;
        }
        return List.of(working.replace(comma, comma + 1, ""), working.replace(start, entry.end(), ""));
    }

    private int comma(int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) != ',') {
            at = text.charAt(at) == '#' ? source.lineEnd(at) : at + 1;
        }
        return at;
    }
}
