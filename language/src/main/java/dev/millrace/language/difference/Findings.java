package dev.millrace.language.difference;

import dev.millrace.language.Change;
import dev.millrace.language.Change.Kind;
import dev.millrace.language.words.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Collects changes and says them. */
final class Findings {
    private final Messages messages;
    private final List<Change> changes = new ArrayList<>();

    Findings(Messages messages) {
        this.messages = messages;
    }

    void add(Kind kind, Place place, String key, String... parts) {
        changes.add(new Change(kind, place.path(), place.step(), sentence(key, parts), false));
    }

    /** A change after which people decide less than before. */
    void addWeaker(Kind kind, Place place, String key, String... parts) {
        String words = messages.find("change.weaker." + kind.name().toLowerCase(Locale.ROOT), sentence(key, parts))
                .orElseGet(() -> messages.say("change.weaker", sentence(key, parts)));
        changes.add(new Change(kind, place.path(), place.step(), words, true));
    }

    void add(boolean weakens, Kind kind, Place place, String key, String... parts) {
        if (weakens) {
            addWeaker(kind, place, key, parts);
        } else {
            add(kind, place, key, parts);
        }
    }

    private String sentence(String key, String... parts) {
        return messages.say("sentence", Messages.sentence(messages.say(key, parts)));
    }

    Messages messages() {
        return messages;
    }

    List<Change> changes() {
        return List.copyOf(changes);
    }

    /**
     * Where a change is.
     *
     * @param name how the place is called in a sentence: step finance_head, the start
     * @param approval the step asks for an approval
     */
    record Place(String path, Optional<String> step, String name, boolean approval) {
        Place at(String field) {
            return new Place(path.isEmpty() ? field : path + "." + field, step, name, approval);
        }
    }
}
