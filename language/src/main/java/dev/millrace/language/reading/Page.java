package dev.millrace.language.reading;

import dev.millrace.language.Reading;
import dev.millrace.language.Reading.Kind;
import dev.millrace.language.Reading.Line;
import dev.millrace.language.words.Messages;
import dev.millrace.language.words.Phrase.Detail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the lines of a reading. */
final class Page {
    private static final String INDENT = "   ";

    private final List<Line> lines = new ArrayList<>();
    private Optional<String> step = Optional.empty();
    private int base = 1;

    void title(String text) {
        lines.add(new Line(Kind.TITLE, 0, text, Optional.empty()));
    }

    void heading(String text) {
        step = Optional.empty();
        base = 1;
        lines.add(new Line(Kind.HEADING, 0, text, step));
    }

    /** What follows speaks of this step. */
    void step(String id, String text) {
        step = Optional.of(id);
        base = 2;
        lines.add(new Line(Kind.STEP, 1, text, step));
    }

    void say(String sentence) {
        say(0, sentence);
    }

    /** @param deeper levels below the step or heading */
    void say(int deeper, String sentence) {
        lines.add(new Line(Kind.SENTENCE, base + deeper, stopped(Messages.sentence(sentence)), step));
    }

    /** An entry of a list, as it is. */
    void item(int deeper, String text) {
        lines.add(new Line(Kind.SENTENCE, base + deeper, stopped(text), step));
    }

    void details(int deeper, List<Detail> details) {
        for (Detail detail : details) {
            say(deeper, detail.words());
            details(deeper + 1, detail.inner());
        }
    }

    /** A sentence ends with a full stop, unless something follows or it ends already. */
    private static String stopped(String text) {
        return text.isEmpty() || ".:;".indexOf(text.charAt(text.length() - 1)) >= 0 || text.endsWith(".”")
                ? text
                : text + ".";
    }

    Reading reading() {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            if (!text.isEmpty() && (line.kind() == Kind.HEADING || line.kind() == Kind.STEP)) {
                text.append('\n');
            }
            text.append(INDENT.repeat(line.level())).append(line.text()).append('\n');
        }
        return new Reading(text.toString(), lines);
    }
}
