package dev.millrace.erp.reference;

import dev.millrace.language.EventType;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** {@code docs/reference/events.md}. */
final class EventPage {
    private static final String HEAD = """
            # Events

            What definitions may be triggered by, and what `trigger` has then. This page is written from the events' own records: change those, then
            write it anew, as the test says that compares them. Each is stored in the transaction of what happened, or not at all. Every declared field
            is there; one that is not required may be `none`.

            """;

    private EventPage() {}

    static String of(Collection<EventType> events) {
        List<EventType> sorted =
                events.stream().sorted(Comparator.comparing(EventType::name)).toList();
        var page = new StringBuilder(HEAD);
        page.append("| event | module | when |\n| --- | --- | --- |\n");
        for (EventType event : sorted) {
            page.append("| [`%s`](#%s) | %s | %s |%n"
                    .formatted(event.name(), event.name().replace(".", ""), event.module(), event.description()));
        }
        for (EventType event : sorted) {
            page.append("\n## ").append(event.name()).append('\n').append(event.description());
            page.append(" Module `").append(event.module()).append("`.\n\n");
            page.append(FieldTable.of(event.payload(), "Nothing."));
            page.append("\n```yaml\ntrigger: { event: ").append(event.name()).append(" }\n```\n");
        }
        return page.toString();
    }
}
