package dev.millrace.erp.reference;

import dev.millrace.language.ActionType;
import dev.millrace.language.ActionType.Place;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** {@code docs/reference/actions.md}. */
final class ActionPage {
    private static final String HEAD = """
            # Actions

            What steps of a definition may do. This page is written from the actions' own records: change those, then write it anew, as the
            test says that compares them. Every local action may also fail with `not_found`, `wrong_state` or `forbidden` where that can be;
            texts may hold templates, but for expressions, which are written bare.

            **How often.** *Local*: rows of the database in the step's own transaction, exactly once. *External*: a call outside, at least once, always
            with the same idempotency key. *Waiting*: the execution parks until a person, an instant or an event.

            """;

    private ActionPage() {}

    static String of(Collection<ActionType> actions) {
        List<ActionType> sorted =
                actions.stream().sorted(Comparator.comparing(ActionType::name)).toList();
        var page = new StringBuilder(HEAD);
        page.append("| action | module | how often | what it does |\n| --- | --- | --- | --- |\n");
        for (ActionType action : sorted) {
            page.append("| [`%s`](#%s) | %s | %s | %s |%n"
                    .formatted(
                            action.name(), anchor(action.name()), action.module(), kind(action), action.description()));
        }
        sorted.forEach(action -> page.append(section(action)));
        return page.toString();
    }

    private static String section(ActionType action) {
        return "\n## " + action.name() + "\n" + action.description() + "\n\nModule `" + action.module() + "`, "
                + kind(action) + (action.setsState() ? ", changes a document" : "") + places(action)
                + ".\n\n**Config**\n\n"
                + FieldTable.of(action.config(), "Nothing.") + "\n**Output**\n\n"
                + FieldTable.of(action.output(), "Nothing.") + "\n" + failures(action) + emits(action)
                + "```yaml\n" + Examples.step(action) + "```\n";
    }

    private static String kind(ActionType action) {
        return switch (action.kind()) {
            case LOCAL -> "local";
            case EXTERNAL -> "external";
            case WAITING -> "waiting";
        };
    }

    private static String places(ActionType action) {
        if (!action.places().contains(Place.STEP)) {
            return "; in `on_timeout` only";
        }
        return action.places().size() == 1 ? "; in a step only" : "";
    }

    private static String failures(ActionType action) {
        return list("Fails with", action.failures());
    }

    private static String emits(ActionType action) {
        return list("May emit", action.effect().emits());
    }

    private static String list(String words, Collection<String> names) {
        return names.isEmpty()
                ? ""
                : names.stream()
                        .sorted()
                        .map(name -> "`" + name + "`")
                        .collect(Collectors.joining(", ", "**" + words + "** ", "\n\n"));
    }

    private static String anchor(String name) {
        return name.replace(".", "");
    }
}
