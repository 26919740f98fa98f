package dev.millrace.cli;

import dev.millrace.language.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** The line of a text that a problem is in, and what of it is meant. */
final class Excerpt {
    /** Most characters of a line that are shown, and how many of them before the problem. */
    private static final int WIDTH = 160;

    private static final int BEFORE = 60;

    private final List<String> lines;

    Excerpt(String text) {
        this.lines = List.of(text.split("\r\n|\r|\n", -1));
    }

    /** Two lines, the second underlines; nothing where the line is empty or the whole text is meant. */
    String of(Problem problem) {
        boolean whole = problem.path().isEmpty() && problem.line() == 1 && problem.column() == 1;
        if (whole || problem.line() > lines.size()) {
            return "";
        }
        int[] line = lines.get(problem.line() - 1).codePoints().toArray();
        if (line.length == 0) {
            return "";
        }
        int start = Math.min(problem.column() - 1, line.length);
        int end = problem.endLine() > problem.line() ? line.length : Math.min(problem.endColumn() - 1, line.length);
        int first = start > WIDTH - BEFORE ? start - BEFORE : 0;
        int last = Math.min(line.length, first + WIDTH);
        String number = "%5d | ".formatted(problem.line());
        String shown = printable(new String(line, first, last - first));
        String marks = "^".repeat(Math.max(1, Math.min(end, last) - start));
        return number + (first > 0 ? "…" : "") + shown + (last < line.length ? "…" : "") + '\n'
                + " ".repeat(number.length() - 2) + "| " + " ".repeat(start - first + (first > 0 ? 1 : 0)) + marks
                + '\n';
    }

    /** On one line, one character for each, and nothing in it that would steer a terminal or hide text. */
    static String printable(String text) {
        return text.codePoints().mapToObj(Excerpt::printable).collect(Collectors.joining());
    }

    private static String printable(int c) {
        if (c == '\t') {
            return " ";
        }
        int type = Character.getType(c);
        boolean hidden = type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
        return hidden ? "·" : Character.toString(c);
    }
}
