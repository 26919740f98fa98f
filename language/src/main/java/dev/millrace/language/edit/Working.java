package dev.millrace.language.edit;

import dev.millrace.language.Edit;
import dev.millrace.language.Edit.Replacement;
import dev.millrace.language.Edited;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The text as far as it is edited, and how to go back. */
final class Working {
    private Source source;
    private final List<Edit> inverse = new ArrayList<>();

    Working(String text) {
        source = Source.read(text);
    }

    Source source() {
        return source;
    }

    JsonNode document() {
        return source.document();
    }

    Edited.Text done() {
        return new Edited.Text(source.text(), List.copyOf(inverse).reversed());
    }

    /** Takes the new text only if it says what is expected. */
    void change(List<Replacement> replacements, JsonNode expected, Path where) {
        Source after = replaced(replacements, where);
        if (!after.document().equals(expected)) {
            throw Refusal.notPossible(where.shown());
        }
        accept(after, replacements);
    }

    void exactly(List<Replacement> replacements) {
        int end = 0;
        for (Replacement each : replacements) {
            boolean fits = each.start() >= end && source.text().startsWith(each.before(), each.start());
            if (!fits) {
                throw new Refusal(
                        Edited.Code.TEXT_CHANGED,
                        "Expected the text as it was when this edit was made but other characters stand there; ask for"
                                + " the edit again.");
            }
            end = each.start() + each.before().length();
        }
        accept(Source.read(made(replacements)), replacements);
    }

    private Source replaced(List<Replacement> replacements, Path where) {
        try {
            return Source.read(made(replacements));
        } catch (Refusal unreadable) {
            throw Refusal.notPossible(where.shown());
        }
    }

    private String made(List<Replacement> replacements) {
        var out = new StringBuilder();
        int from = 0;
        for (Replacement each : sorted(replacements)) {
            out.append(source.text(), from, each.start()).append(each.after());
            from = each.start() + each.before().length();
        }
        return out.append(source.text(), from, source.text().length()).toString();
    }

    private void accept(Source after, List<Replacement> replacements) {
        source = after;
        var back = new ArrayList<Replacement>();
        int moved = 0;
        for (Replacement each : sorted(replacements)) {
            back.add(new Replacement(each.start() + moved, each.after(), each.before()));
            moved += each.after().length() - each.before().length();
        }
        if (!back.isEmpty()) {
            inverse.add(new Edit.Exactly(back));
        }
    }

    private static List<Replacement> sorted(List<Replacement> replacements) {
        return replacements.stream()
                .sorted(Comparator.comparingInt(Replacement::start))
                .toList();
    }

    Replacement insert(int at, String text) {
        return new Replacement(at, "", text);
    }

    Replacement replace(int from, int to, String text) {
        return new Replacement(from, source.text().substring(from, to), text);
    }
}
