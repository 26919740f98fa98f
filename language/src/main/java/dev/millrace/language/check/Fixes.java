package dev.millrace.language.check;

import dev.millrace.language.Problem.Fix;
import dev.millrace.language.check.Findings.Stretch;
import dev.millrace.language.yaml.Invisible;
import dev.millrace.language.yaml.Mark;
import dev.millrace.language.yaml.Rewrite;
import dev.millrace.language.yaml.YamlPath;
import dev.millrace.language.yaml.YamlTree;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * Changes of the text that mend a problem. Each is empty where the change would not mend it, or would break what is
 * around it: a wrong fix is worse than none.
 */
final class Fixes {
    private static final Pattern DOTTED = Pattern.compile("[A-Za-z0-9_]+(?:\\.[A-Za-z0-9_]+)*");

    private final YamlTree tree;

    Fixes(YamlTree tree) {
        this.tree = tree;
    }

    /** Another text as the value; quotes stay as they are. */
    Optional<Fix> value(String path, String text) {
        ScalarStyle style = tree.styles().get(path);
        if (style == null) {
            return Optional.empty();
        }
        return switch (style) {
            case PLAIN, JSON_SCALAR_STYLE -> Optional.of(fix(tree.value(path), Rewrite.scalar(text)));
            case SINGLE_QUOTED, DOUBLE_QUOTED ->
                Rewrite.inside(style, text).map(inner -> fix(inQuotes(tree.value(path)), inner));
            case LITERAL, FOLDED -> Optional.empty();
        };
    }

    /** Another value, quotes and all: {@code true}, {@code 7}. */
    Optional<Fix> whole(String path, String written) {
        ScalarStyle style = tree.styles().get(path);
        boolean block = style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
        return style == null || block ? Optional.empty() : Optional.of(fix(tree.value(path), written));
    }

    /** The text stands once in the document, and the one that is to replace it nowhere. */
    boolean isOnlyHere(String text, String replacement) {
        String document = tree.written(tree.value(""));
        int first = document.indexOf(text);
        return document.indexOf(text, first + 1) < 0 && !document.contains(replacement);
    }

    /** Another key, unless it stands there already. */
    Optional<Fix> key(String path, String key) {
        if (!tree.keys().containsKey(path) || tree.has(YamlPath.key(YamlPath.parent(path), key))) {
            return Optional.empty();
        }
        return Optional.of(fix(tree.key(path), Rewrite.scalar(key)));
    }

    /** Other characters within a text; a name is only ever replaced as a whole. */
    Optional<Fix> within(Stretch at, String replacement) {
        int end = at.offset() + at.length();
        String text = at.text();
        ScalarStyle style = tree.styles().get(at.path());
        if (style == null || at.offset() < 0 || at.length() < 1 || end > text.length()) {
            return Optional.empty();
        }
        String before = text.substring(0, at.offset());
        boolean name = DOTTED.matcher(text.substring(at.offset(), end)).matches();
        boolean cut = name && (isNamePart(before, before.length() - 1) || isNamePart(text, end));
        boolean key = before.endsWith("['") || before.endsWith("[\"");
        if (cut || (key && replacement.contains("."))) {
            return Optional.empty();
        }
        Mark from = tree.within(at.path(), text, at.offset());
        Mark range = from.to(tree.within(at.path(), text, end));
        return Rewrite.inside(style, replacement).map(written -> fix(range, written));
    }

    private static boolean isNamePart(String text, int index) {
        return index >= 0
                && index < text.length()
                && (text.charAt(index) == '_' || Character.isLetterOrDigit(text.charAt(index)));
    }

    Optional<Fix> visibleValue(String path) {
        return tree.styles().containsKey(path) ? visible(tree.value(path)) : Optional.empty();
    }

    /** The characters that cannot be seen left out. */
    Optional<Fix> visible(Mark mark) {
        String written = tree.written(mark);
        String seen = written.codePoints()
                .filter(c -> c == '\n'
                        || c == '\r'
                        || Invisible.in(Character.toString(c)).isEmpty())
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return seen.equals(written) || seen.isBlank() ? Optional.empty() : Optional.of(fix(mark, seen));
    }

    /** A new entry of a map, before one that is there. */
    Optional<Fix> insert(Spot map, String before, String entry) {
        Spot next = map.key(before);
        if (!tree.keys().containsKey(next.path())) {
            return Optional.empty();
        }
        Mark at = tree.key(next.path()).point();
        String end = tree.isFlow(map.path()) ? ", " : "\n" + " ".repeat(at.column() - 1);
        return Optional.of(fix(at, entry + end));
    }

    /** An entry of a map left out. */
    Optional<Fix> removeEntry(Spot map, String key) {
        List<Spot> entries = map.node().propertyNames().stream().map(map::key).toList();
        List<Mark> starts = entries.stream().map(e -> tree.key(e.path())).toList();
        return remove(entries, starts, map.key(key).path());
    }

    /** An item of a list left out. */
    Optional<Fix> removeItem(Spot list, String path) {
        List<Spot> items = list.items();
        List<Mark> starts = items.stream().map(i -> tree.value(i.path())).toList();
        return remove(items, starts, path);
    }

    /** Up to the next, else from the end of the one before: so commas, dashes and indentation stay right. */
    private Optional<Fix> remove(List<Spot> parts, List<Mark> starts, String path) {
        int at = 0;
        while (at < parts.size() && !parts.get(at).path().equals(path)) {
            at++;
        }
        if (at == parts.size() || parts.size() < 2) {
            return Optional.empty();
        }
        Mark start = starts.get(at);
        Mark gone = at + 1 < parts.size()
                ? start.to(starts.get(at + 1).point())
                : end(parts.get(at - 1)).to(end(parts.get(at)));
        return tree.written(gone).contains("#") ? Optional.empty() : Optional.of(fix(gone, ""));
    }

    private Mark end(Spot spot) {
        Mark mark = tree.value(spot.path());
        return new Mark(
                mark.endLine(), mark.endColumn(), mark.endIndex(), mark.endLine(), mark.endColumn(), mark.endIndex());
    }

    private static Mark inQuotes(Mark mark) {
        return new Mark(
                mark.line(),
                mark.column() + 1,
                mark.index() + 1,
                mark.endLine(),
                mark.endColumn() - 1,
                mark.endIndex() - 1);
    }

    private static Fix fix(Mark at, String replacement) {
        return new Fix(at.line(), at.column(), at.endLine(), at.endColumn(), replacement);
    }
}
