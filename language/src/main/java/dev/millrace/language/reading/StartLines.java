package dev.millrace.language.reading;

import dev.millrace.language.Concurrency;
import dev.millrace.language.Trigger;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What starts it. */
final class StartLines {
    private final Telling telling;

    StartLines(Telling telling) {
        this.telling = telling;
    }

    void write() {
        switch (telling.definition.trigger()) {
            case Trigger.OnEvent event -> event(event);
            case Trigger.OnSchedule schedule -> schedule(schedule);
            case Trigger.Manual manual ->
                manual.inputs()
                        .filter(inputs -> !inputs.path("properties").isEmpty())
                        .ifPresentOrElse(this::inputs, () -> telling.page.say(telling.words("start.manual")));
        }
        telling.definition.concurrency().ifPresent(this::concurrency);
    }

    private void event(Trigger.OnEvent trigger) {
        List<String> events =
                trigger.events().stream().map(telling.wording::event).toList();
        if (events.size() == 1) {
            telling.page.say(telling.words("start.event", events.getFirst()));
        } else {
            telling.page.say(telling.words("start.events"));
            for (String event : events) {
                boolean last = event.equals(events.getLast());
                telling.page.say(1, telling.words(last ? "start.event.last" : "start.event.item", event));
            }
        }
        trigger.condition().ifPresent(condition -> {
            telling.page.say(telling.words("start.condition", telling.wording.condition(condition)) + " "
                    + telling.words("start.otherwise"));
        });
    }

    private void schedule(Trigger.OnSchedule schedule) {
        telling.page.say(telling.words(
                "start.schedule",
                schedule.schedule().words(),
                schedule.zone().orElse(telling.catalogue().zone()).getId()));
        telling.page.say(
                telling.words("start.catch_up." + schedule.catchUp().name().toLowerCase(Locale.ROOT)));
    }

    private void inputs(JsonNode schema) {
        telling.page.say(telling.words("start.manual.inputs"));
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asString("")));
        for (Map.Entry<String, JsonNode> input : schema.path("properties").properties()) {
            JsonNode property = input.getValue();
            String title = property.path("title").asString("");
            String name = title.isEmpty() ? telling.wording.field(input.getKey()) : title;
            String key = required.contains(input.getKey()) ? "start.manual.input" : "start.manual.input.optional";
            telling.page.say(
                    1, telling.words(key, name, property.path("description").asString("")));
        }
    }

    private void concurrency(Concurrency concurrency) {
        telling.page.say(telling.words(
                "start.concurrency." + concurrency.onConflict().name().toLowerCase(Locale.ROOT),
                telling.wording.text(concurrency.key().source())));
    }
}
