package dev.millrace.language;

import dev.millrace.language.check.Check;
import dev.millrace.language.yaml.YamlText;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks the text of a definition: the one validator, for saving, the command line, the editor and the assistant. */
public final class Checker {
    /** Longest text, in bytes of UTF-8. */
    public static final int MAX_BYTES = YamlText.MAX_BYTES;

    private Checker() {}

    /**
     * Finds all problems at once. Never throws, whatever the text; bounded in time and memory by
     * {@link #MAX_BYTES} and the limits of the language.
     */
    public static Checked check(String yaml, Catalogue catalogue) {
        return Check.run(yaml, catalogue);
    }

    /** The text as a tree, numbers with the digits as written; empty if it cannot be read. */
    public static Optional<JsonNode> document(String yaml) {
        return switch (YamlText.read(yaml)) {
            case YamlText.Read.Tree read -> Optional.of(read.tree().document());
            case YamlText.Read.Unreadable unreadable -> Optional.empty();
        };
    }

    /**
     * Parses a text again that was checked when it was saved, whatever the tenant has lost since: a step whose action is
     * gone fails when it is run.
     *
     * @throws IllegalArgumentException it cannot even be read
     */
    public static Definition rebuild(String yaml, Map<String, ActionType> actions) {
        return Check.rebuild(
                yaml,
                new Catalogue(
                        actions,
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Set.of(),
                        Map.of(),
                        Policies.DEFAULT,
                        "",
                        ZoneOffset.UTC));
    }
}
