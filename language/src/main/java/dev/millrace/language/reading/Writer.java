package dev.millrace.language.reading;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Definition;
import dev.millrace.language.Reading;
import dev.millrace.language.words.Certainty;
import dev.millrace.language.words.Messages;

/** Writes the reading of a definition from top to bottom. */
public final class Writer {
    private Writer() {}

    public static Reading write(Definition definition, Catalogue catalogue) {
        Telling telling = new Telling(definition, catalogue, Messages.ENGLISH);
        Page page = telling.page;
        page.title(telling.wording.title(definition.name()));
        definition
                .description()
                .ifPresent(text ->
                        page.say(-1, telling.words("reading.description", telling.messages().quoted(text.strip().replaceAll("\\s+", " ")))));
        page.heading(telling.words("reading.start"));
        new StartLines(telling).write();
        page.heading(telling.words("reading.steps"));
        StepLines steps = new StepLines(telling);
        telling.order.steps().forEach(steps::write);
        page.heading(telling.words("reading.end"));
        new EndLines(telling).write();
        legend(telling);
        return page.reading();
    }

    private static void legend(Telling telling) {
        boolean once = telling.hasSaid(Certainty.EXACTLY_ONCE);
        boolean least = telling.hasSaid(Certainty.AT_LEAST_ONCE);
        boolean none = telling.hasSaid(Certainty.NO_EFFECT);
        if (once || least || none) {
            telling.page.heading(telling.words("reading.legend"));
        }
        if (once) {
            telling.page.say(telling.words("legend.exactly_once"));
        }
        if (least) {
            telling.page.say(telling.words("legend.at_least_once"));
        }
        if (none) {
            telling.page.say(telling.words("legend.no_effect"));
        }
    }
}
