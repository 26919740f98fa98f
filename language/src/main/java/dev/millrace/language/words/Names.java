package dev.millrace.language.words;

import dev.millrace.language.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** What fields, steps, documents, events and roles are called. */
final class Names {
    private final Messages messages;
    private final Catalogue catalogue;
    private final UnaryOperator<String> steps;

    /** @param steps how a step is called, by its id */
    Names(Messages messages, Catalogue catalogue, UnaryOperator<String> steps) {
        this.messages = messages;
        this.catalogue = catalogue;
        this.steps = steps;
    }

    String step(String id) {
        return steps.apply(id);
    }

    /** {@code po_number}: PO number; {@code supplier_id}: supplier. Without an article. */
    String field(String name) {
        return messages.find("field." + name, catalogue.currency()).orElseGet(() -> composed(name));
    }

    private String composed(String name) {
        if (name.endsWith("ed_by")) {
            return messages.say("field._by", plain(name.substring(0, name.length() - 3)));
        }
        if (name.endsWith("_email")) {
            return messages.say("field._email", plain(name.substring(0, name.length() - 6)));
        }
        for (String unit : List.of("_id", "_days", "_percent")) {
            if (name.endsWith(unit)) {
                return plain(name.substring(0, name.length() - unit.length()));
            }
        }
        return plain(name);
    }

    /** Each word by itself; for what nobody has given words. */
    String plain(String name) {
        List<String> words = new ArrayList<>();
        for (String word : name.split("[_\\-. ]+", -1)) {
            if (!word.isEmpty()) {
                words.add(messages.find("word." + word).orElse(word));
            }
        }
        return words.isEmpty() ? name : String.join(" ", words).replace("- ", "-");
    }

    /** As the beginning of a line. */
    String label(String field) {
        return Messages.sentence(messages.find("label." + field).orElseGet(() -> field(field)));
    }

    /** As a title: {@code finance_head} becomes Finance head. */
    String title(String name) {
        return Messages.sentence(plain(name));
    }

    String entity(String name) {
        return messages.find("entity." + name).orElseGet(() -> plain(name));
    }

    String entities(String name) {
        return messages.find("entities." + name).orElseGet(() -> messages.say("plural", entity(name)));
    }

    /** The document that an event is about: its first word. */
    String document(String event) {
        return entity(event.split("\\.", 2)[0]);
    }

    /** A clause: a purchase order is submitted for approval. */
    String event(String name) {
        return messages.find("event." + name).orElseGet(() -> messages.say("event.other", plain(name)));
    }

    String role(String name) {
        String key = "role." + name.toLowerCase(Locale.ROOT).replace(' ', '_');
        return messages.find(key).orElseGet(() -> messages.say("role.other", name));
    }

}
