package dev.millrace.language.schedule;

import java.util.ArrayList;
import java.util.List;

/** A piece of the text and where it stands. */
record Part(int offset, String text) {
    private static final int LONGEST = 40;

    /** What is between the separators, empty pieces too. */
    List<Part> split(char separator) {
        var parts = new ArrayList<Part>();
        int start = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
            parts.add(sub(start, at));
            start = at + 1;
        }
        parts.add(sub(start, text.length()));
        return parts;
    }

    private Part sub(int from, int to) {
        return new Part(offset + from, text.substring(from, to));
    }

    boolean is(String word) {
        return text.equalsIgnoreCase(word);
    }

    /** Within a message; an empty piece is shown by what is around it. */
    String quoted() {
        return "'" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + "'";
    }

    String got() {
        return text.isEmpty() ? "got nothing" : "got " + quoted();
    }
}
