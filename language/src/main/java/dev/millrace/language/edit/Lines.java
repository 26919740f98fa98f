package dev.millrace.language.edit;

import dev.millrace.language.Edit.Replacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Entries of a block: each has lines of its own. Comment lines directly above an entry, not deeper than it, belong to
 * it; so do those below that are deeper, and what follows a value on its last line.
 */
final class Lines {
    private final Working working;
    private final Source source;
    private final String text;

    Lines(Working working) {
        this.working = working;
        source = working.source();
        text = source.text();
    }

    /**
     * From the first comment line to behind the last line break.
     *
     * @param floor behind what stands before it
     */
    record Region(int floor, int start, int end) {}

    /** Behind the line with the end of the value, and behind comment lines below that are deeper than the entry. */
    int behind(Path entry) {
        int column = column(entry);
        int end = source.nextLine(source.endWithKept(entry));
        while (end < text.length() && isComment(source.line(end)) && source.line(end).indexOf('#') > column) {
            end = source.nextLine(end);
        }
        return end;
    }

    /** Of the dash or the key. */
    private int column(Path entry) {
        return entry.last() instanceof Path.Key
                ? source.keyStart(entry) - source.lineStart(source.keyStart(entry))
                : source.column(entry.parent());
    }

    private static boolean isComment(String line) {
        return line.strip().startsWith("#");
    }

    /** Of an item of a list in a block, or of an entry of a map whose key begins a line. */
    Region region(Path entry) {
        int sign = sign(entry);
        int start = source.lineStart(sign);
        int column = sign - start;
        int least = floor(entry);
        while (start > least && isCommentAbove(start, column)) {
            start = source.lineStart(start - 1);
        }
        return new Region(least, start, behind(entry));
    }

    private boolean isCommentAbove(int start, int column) {
        String above = source.line(start - 1);
        return isComment(above) && above.indexOf('#') <= column;
    }

    /** Where the dash or the key stands. */
    int sign(Path entry) {
        return switch (entry.last()) {
            case Path.Key key -> source.keyStart(entry);
            case Path.Index index -> dash(entry);
        };
    }

    private int dash(Path item) {
        int column = source.column(item.parent());
        int start = source.lineStart(source.start(item));
        int least = floor(item);
        while (start > least && !isDash(start, column)) {
            start = source.lineStart(start - 1);
        }
        if (!isDash(start, column)) {
            throw Refusal.notPossible(item.shown());
        }
        return start + column;
    }

    private boolean isDash(int lineStart, int column) {
        int at = lineStart + column;
        return at < text.length() && text.charAt(at) == '-' && source.isFirstOnLine(at);
    }

    /** Behind what stands before the entry. */
    private int floor(Path entry) {
        Optional<Path> before = switch (entry.last()) {
            case Path.Index index ->
                index.at() == 0 ? Optional.empty() : Optional.of(entry.parent().item(index.at() - 1));
            case Path.Key key -> previous(entry.parent(), key.name()).map(entry.parent()::key);
        };
        return before.map(this::behind).orElseGet(() -> top(entry.parent()));
    }

    /** Where the lines of a map or list begin. */
    private int top(Path holder) {
        if (holder.isRoot()) {
            return 0;
        }
        return holder.last() instanceof Path.Key
                ? source.nextLine(source.keyEnd(holder))
                : source.lineStart(source.start(holder));
    }

    private Optional<String> previous(Path map, String name) {
        String before = "";
        for (String each : map.in(source.document()).propertyNames()) {
            if (each.equals(name)) {
                break;
            }
            before = each;
        }
        return before.isEmpty() ? Optional.empty() : Optional.of(before);
    }

    /** Takes whole lines out; of two empty lines that would meet, one. */
    Replacement without(Region region) {
        int start = region.start();
        boolean emptyAbove = start > region.floor() && source.line(start - 1).isBlank();
        boolean emptyBelow = region.end() >= text.length() || source.line(region.end()).isBlank();
        return working.replace(emptyAbove && emptyBelow ? source.lineStart(start - 1) : start, region.end(), "");
    }

    /** @param lines each with its line break */
    List<Replacement> insert(int at, String lines, String lineBreak) {
        boolean open = at > 0 && at == text.length() && text.charAt(at - 1) != '\n';
        var replacements = new ArrayList<Replacement>();
        replacements.add(working.insert(at, open ? lineBreak + lines : lines));
        return replacements;
    }

    /** Entries of this list stand apart by empty lines. */
    boolean isSpaced(Path list) {
        JsonNode node = list.in(source.document());
        for (int i = 1; i < node.size(); i++) {
            int start = region(list.item(i)).start();
            if (start == 0 || !source.line(start - 1).isBlank()) {
                return false;
            }
        }
        return node.size() > 1;
    }
}
