package dev.millrace.server.workflow;

import dev.millrace.engine.StoredDefinition;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Change;
import dev.millrace.language.Definition;
import dev.millrace.language.Differences;
import dev.millrace.server.problem.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What changed between two versions of a definition.
 *
 * @param changes empty if they do the same
 */
record VersionDiff(Side from, Side to, List<ChangeBody> changes) {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})\\.\\.(\\d{1,9})");

    record Side(UUID id, int version, String status, String yaml) {
        static Side of(StoredDefinition stored) {
            return new Side(stored.id(), stored.version(), stored.status(), stored.yaml());
        }
    }

    /**
     * @param path relative to {@code workflow}, in the later version; of what was removed in the earlier one
     * @param words a sentence or two for people
     * @param weakens a person is asked less often, fewer people are asked, or nobody at all
     */
    record ChangeBody(String kind, String path, Optional<String> stepId, String words, boolean weakens) {
        static ChangeBody of(Change change) {
            return new ChangeBody(
                    change.kind().name().toLowerCase(Locale.ROOT),
                    change.path(),
                    change.step(),
                    change.words(),
                    change.weakens());
        }
    }

    /**
     * @param range {@code a..b}
     * @throws Refusal it is none, or there are no such versions
     */
    static VersionDiff of(
            String range,
            List<StoredDefinition> versions,
            Function<StoredDefinition, Definition> compiled,
            Catalogue catalogue) {
        Matcher numbers = RANGE.matcher(range);
        if (!numbers.matches()) {
            throw Refusal.invalid(
                    "diff_invalid", "diff", "Expected two versions such as 2..5 at diff but got '" + range + "'");
        }
        StoredDefinition from = find(versions, numbers.group(1));
        StoredDefinition to = find(versions, numbers.group(2));
        return new VersionDiff(
                Side.of(from),
                Side.of(to),
                Differences.between(compiled.apply(from), compiled.apply(to), catalogue).stream()
                        .map(ChangeBody::of)
                        .toList());
    }

    private static StoredDefinition find(List<StoredDefinition> versions, String number) {
        return versions.stream()
                .filter(stored -> stored.version() == Integer.parseInt(number))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "version_unknown",
                        "diff",
                        "Expected versions from 1 to " + versions.getFirst().version() + " at diff but got '" + number
                                + "'"));
    }
}
