package dev.millrace.language.edit;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * How a text is written, as far as new lines follow it.
 *
 * @param step spaces by which a map within a map is indented
 * @param listStep spaces by which the dash of a list is indented below its key
 * @param braceSpace between a brace and what is in it: one space or none
 * @param quoted keys and texts between brackets are quoted, as in JSON
 */
record Style(String lineBreak, int step, int listStep, String braceSpace, boolean quoted) {
    /** No line between brackets becomes longer. */
    static final int LONGEST_LINE = 110;

    private static final Pattern BRACE = Pattern.compile("[:,\\[-] ?\\{( ?)(\"?)\\w");
    private static final int USUAL_STEP = 2;

    static Style of(Source source) {
        String text = source.text();
        int end = text.indexOf('\n');
        String lineBreak = end > 0 && text.charAt(end - 1) == '\r' ? "\r\n" : "\n";
        Path workflow = new Path(List.of(new Path.Key("workflow")));
        int step = isBlock(source, workflow) ? source.column(workflow) - keyColumn(source, workflow) : USUAL_STEP;
        int listStep = isBlock(source, Path.STEPS)
                ? source.column(Path.STEPS) - keyColumn(source, Path.STEPS)
                : USUAL_STEP;
        Matcher brace = BRACE.matcher(text);
        boolean found = brace.find();
        return new Style(
                lineBreak,
                step > 0 ? step : USUAL_STEP,
                Math.max(listStep, 0),
                found ? brace.group(1) : " ",
                found && !brace.group(2).isEmpty());
    }

    private static boolean isBlock(Source source, Path path) {
        JsonNode node = path.in(source.document());
        return node.isContainer() && !node.isEmpty() && !source.isInFlow(path);
    }

    private static int keyColumn(Source source, Path path) {
        return source.keyStart(path) - source.lineStart(source.keyStart(path));
    }

    String spaces(int count) {
        return " ".repeat(count);
    }
}
