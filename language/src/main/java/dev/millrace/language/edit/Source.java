package dev.millrace.language.edit;

import dev.millrace.language.Edited;
import dev.millrace.language.yaml.Mark;
import dev.millrace.language.yaml.YamlText;
import dev.millrace.language.yaml.YamlTree;
import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import tools.jackson.databind.JsonNode;

/** A text, its tree, and where in chars everything stands. */
final class Source {
    private final String text;
    private final YamlTree tree;
    private final int[] chars;

    private Source(String text, YamlTree tree) {
        this.text = text;
        this.tree = tree;
        chars = positions(text);
    }

    static Source read(String text) {
        return switch (YamlText.read(text)) {
            case YamlText.Read.Unreadable unreadable ->
                throw new Refusal(
                        Edited.Code.TEXT_UNREADABLE,
                        unreadable.faults().getFirst().message());
            case YamlText.Read.Tree readable -> {
                readable.faults().stream().findFirst().ifPresent(fault -> {
                    throw new Refusal(Edited.Code.TEXT_UNREADABLE, fault.message());
                });
                yield new Source(text, readable.tree());
            }
        };
    }

    /** Marks count code points. Empty: each is one char. */
    private static int[] positions(String text) {
        int points = text.codePointCount(0, text.length());
        if (points == text.length()) {
            return new int[0];
        }
        int[] positions = new int[points + 1];
        int at = 0;
        for (int point = 0; point < points; point++) {
            positions[point] = at;
            at += Character.charCount(text.codePointAt(at));
        }
        positions[points] = at;
        return positions;
    }

    private int at(int point) {
        return chars.length == 0 ? point : chars[point];
    }

    String text() {
        return text;
    }

    JsonNode document() {
        return tree.document();
    }

    YamlTree tree() {
        return tree;
    }

    boolean has(Path path) {
        return tree.values().containsKey(path.toString());
    }

    int start(Path path) {
        return at(mark(path).index());
    }

    /** With which the value begins; a blank where there is none. */
    char firstChar(String path) {
        int at = at(tree.value(path).index());
        return at < text.length() ? text.charAt(at) : ' ';
    }

    /** The library ends a text in a block behind the empty lines that follow it; here it ends with its last line. */
    int end(Path path) {
        int end = at(mark(path).endIndex());
        if (!endsInBlock(path)) {
            return end;
        }
        int from = start(path);
        while (end > from && isBreak(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** Behind the empty lines that a {@code |+} keeps. */
    int endWithKept(Path path) {
        int end = at(mark(path).endIndex());
        Path last = last(path);
        boolean keeps = isBlockText(last) && header(last).indexOf('+') >= 0;
        return keeps && text.charAt(end - 1) == '\n' ? end - 1 - (text.startsWith("\r", end - 2) ? 1 : 0) : end(path);
    }

    private String header(Path path) {
        int from = start(path);
        int line = lineEnd(from);
        int comment = text.indexOf('#', from);
        return text.substring(from, comment < 0 ? line : Math.min(line, comment));
    }

    private boolean endsInBlock(Path path) {
        return isBlockText(last(path));
    }

    /** The value that stands last in a block. */
    private Path last(Path path) {
        Path at = path;
        JsonNode node = at.in(document());
        while (node.isContainer() && !node.isEmpty() && !isFlow(at)) {
            at = node.isArray() ? at.item(node.size() - 1) : at.key(lastKey(node));
            node = at.in(document());
        }
        return at;
    }

    static String lastKey(JsonNode map) {
        String last = "";
        for (String name : map.propertyNames()) {
            last = name;
        }
        return last;
    }

    boolean isBlockText(Path path) {
        ScalarStyle style = tree.styles().get(path.toString());
        return style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
    }

    boolean isDoubleQuoted(Path path) {
        return tree.styles().get(path.toString()) == ScalarStyle.DOUBLE_QUOTED;
    }

    int keyStart(Path path) {
        return at(keyMark(path).index());
    }

    int keyEnd(Path path) {
        return at(keyMark(path).endIndex());
    }

    /** From 0. */
    int column(Path path) {
        return mark(path).column() - 1;
    }

    private Mark mark(Path path) {
        return tree.value(path.toString());
    }

    private Mark keyMark(Path path) {
        return tree.key(path.toString());
    }

    /** In chars: one character of a text that was read. */
    int within(Path path, int offset) {
        String read = path.in(document()).stringValue();
        return at(tree.within(path.toString(), read, offset).index());
    }

    /** Written between brackets, itself or something around it. */
    boolean isInFlow(Path path) {
        for (Path at = path; !at.isRoot(); at = at.parent()) {
            if (isFlow(at)) {
                return true;
            }
        }
        return isFlow(new Path(List.of()));
    }

    /** A map or list written between brackets. */
    boolean isFlow(Path path) {
        JsonNode node = path.in(document());
        int start = start(path);
        return node.isContainer() && start < text.length() && (text.charAt(start) == '{' || text.charAt(start) == '[');
    }

    int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    /** Where the line break begins. */
    int lineEnd(int at) {
        int end = text.indexOf('\n', at);
        if (end < 0) {
            return text.length();
        }
        return end > 0 && end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    /** Behind the line break. */
    int nextLine(int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end + 1;
    }

    String line(int at) {
        return text.substring(lineStart(at), lineEnd(at));
    }

    boolean isFirstOnLine(int at) {
        return text.substring(lineStart(at), at).isBlank();
    }

    static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
