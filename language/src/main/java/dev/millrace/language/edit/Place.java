package dev.millrace.language.edit;

import dev.millrace.language.Edit.Replacement;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One value that is there, to be replaced by another. */
final class Place {
    private final Working working;
    private final Source source;
    private final Path path;

    Place(Working working, Path path) {
        this.working = working;
        this.path = path;
        source = working.source();
    }

    void replace(JsonNode value) {
        if (path.isRoot()) {
            throw Refusal.notPossible("the whole text");
        }
        var writer = new Writer(source);
        JsonNode expected = Trees.set(working.document(), path, value);
        if (source.isInFlow(path.parent())) {
            working.change(List.of(between(writer.flow(value))), expected, path);
            return;
        }
        try {
            working.change(List.of(inBlock(value, blockForm(value, writer))), expected, path);
        } catch (Refusal changed) {
            // Comments that stand deeper behind the old value would become part of a text of several lines.
            if (!value.isString()) {
                throw changed;
            }
            working.change(List.of(inBlock(value, oneLineForm(value, writer))), expected, path);
        }
    }

    private String blockForm(JsonNode value, Writer writer) {
        return switch (path.last()) {
            case Path.Key key -> {
                int keyStart = source.keyStart(path);
                yield writer.afterKey(key.name(), value, keyStart - source.lineStart(keyStart));
            }
            case Path.Index index -> writer.item(value, source.column(path));
        };
    }

    private String oneLineForm(JsonNode value, Writer writer) {
        return path.last() instanceof Path.Key ? " " + writer.flow(value) : writer.flow(value);
    }

    private Replacement inBlock(JsonNode value, String written) {
        return path.last() instanceof Path.Key ? ofKey(value, written) : ofItem(written);
    }

    private Replacement between(String written) {
        int start = source.start(path);
        int end = source.end(path);
        if (start < end) {
            return working.replace(start, end, written);
        }
        boolean colon = path.last() instanceof Path.Key
                && source.text().substring(source.keyEnd(path), start).indexOf(':') >= 0;
        return working.insert(start, (colon ? " " : ": ") + written);
    }

    private Replacement ofItem(String written) {
        int start = source.start(path);
        int end = source.endWithKept(path);
        boolean spaced = start > 0 && Source.isSpace(source.text().charAt(start - 1));
        String after = spaced ? written : " " + written;
        String rest = source.text().substring(end, source.lineEnd(end));
        return after.indexOf('\n') < 0 || rest.isBlank()
                ? working.replace(start, end, after)
                : working.replace(start, source.lineEnd(end), withComment(after, rest.strip()));
    }

    private Replacement ofKey(JsonNode value, String written) {
        int keyStart = source.keyStart(path);
        int start = source.start(path);
        int end = source.endWithKept(path);
        int colon = source.text().indexOf(':', source.keyEnd(path)) + 1;
        boolean oneLine = written.indexOf('\n') < 0;
        boolean sameLine = start < end && source.lineStart(start) == source.lineStart(keyStart);
        if (oneLine && sameLine) {
            return working.replace(start, end, value.isString() ? asBefore(value.stringValue()) : written.substring(1));
        }
        String rest = source.text().substring(end, source.lineEnd(end));
        if (oneLine || rest.isBlank()) {
            return working.replace(colon, Math.max(end, colon), written);
        }
        return working.replace(colon, source.lineEnd(end), withComment(written, rest.strip()));
    }

    /** In quotes if the old one was. */
    private String asBefore(String text) {
        return source.isDoubleQuoted(path) ? ScalarText.quoted(text) : ScalarText.of(text);
    }

    /** A comment behind the old value would become part of the new one, or of its last line only. */
    private static String withComment(String written, String comment) {
        int firstLine = written.indexOf('\n');
        int end = firstLine > 0 && written.charAt(firstLine - 1) == '\r' ? firstLine - 1 : firstLine;
        return written.substring(0, end) + " " + comment + written.substring(end);
    }
}
