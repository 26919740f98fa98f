package dev.millrace.language.difference;

import dev.millrace.language.Change.Kind;
import dev.millrace.language.Trigger;
import dev.millrace.language.difference.Findings.Place;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What starts it. */
final class TriggerChanges {
    private final Both both;
    private final Findings findings;
    private final Place place;

    TriggerChanges(Both both) {
        this.both = both;
        this.findings = both.findings();
        this.place = new Place("trigger", Optional.empty(), findings.messages().say("change.at_start"), false);
    }

    /** @param approvals people are asked: what starts less often asks them less often */
    void compare(Trigger before, Trigger after, boolean approvals) {
        switch (before) {
            case Trigger.OnEvent old when after instanceof Trigger.OnEvent now -> events(old, now, approvals);
            case Trigger.OnSchedule old when after instanceof Trigger.OnSchedule now -> schedules(old, now);
            case Trigger.Manual old when after instanceof Trigger.Manual now -> inputs(old, now);
            case Trigger.OnEvent old -> differs(before, after);
            case Trigger.OnSchedule old -> differs(before, after);
            case Trigger.Manual old -> differs(before, after);
        }
    }

    private void differs(Trigger before, Trigger after) {
        findings.add(
                Kind.TRIGGER, place, "change.trigger", both.after().start(after), both.before().start(before));
    }

    private void events(Trigger.OnEvent before, Trigger.OnEvent after, boolean approvals) {
        for (String event : after.events()) {
            if (!before.events().contains(event)) {
                findings.add(
                        Kind.TRIGGER, place.at("event"), "change.event_added", both.after().event(event));
            }
        }
        for (String event : before.events()) {
            if (!after.events().contains(event)) {
                findings.add(
                        approvals,
                        Kind.TRIGGER,
                        place.at("event"),
                        "change.event_removed",
                        both.before().event(event));
            }
        }
        new ConditionChanges(both)
                .compare(before.condition(), after.condition(), place.at("condition"), "change.start_condition", approvals);
    }

    private void schedules(Trigger.OnSchedule before, Trigger.OnSchedule after) {
        if (!before.schedule().equals(after.schedule())) {
            String old = before.schedule().words();
            String now = after.schedule().words();
            String key = old.equals(now) ? "change.schedule.same" : "change.schedule";
            findings.add(Kind.SCHEDULE, place.at("schedule"), key, now, old);
        }
        if (!before.zone().equals(after.zone())) {
            String company = findings.messages().say("change.company_zone");
            findings.add(
                    Kind.SCHEDULE,
                    place.at("timezone"),
                    "change.zone",
                    before.zone().map(Object::toString).orElse(company),
                    after.zone().map(Object::toString).orElse(company));
        }
        if (before.catchUp() != after.catchUp()) {
            String key = "start.catch_up." + after.catchUp().name().toLowerCase(Locale.ROOT);
            findings.add(Kind.SCHEDULE, place.at("catch_up"), "change.catch_up", findings.messages().say(key));
        }
    }

    private void inputs(Trigger.Manual before, Trigger.Manual after) {
        if (before.inputs().equals(after.inputs())) {
            return;
        }
        Set<String> old = names(before.inputs());
        Set<String> now = names(after.inputs());
        Place inputs = place.at("inputs");
        now.stream()
                .filter(name -> !old.contains(name))
                .forEach(name -> findings.add(Kind.TRIGGER, inputs, "change.input_added", both.after().field(name)));
        old.stream()
                .filter(name -> !now.contains(name))
                .forEach(name -> findings.add(Kind.TRIGGER, inputs, "change.input_removed", both.before().field(name)));
        if (old.equals(now)) {
            findings.add(Kind.TRIGGER, inputs, "change.inputs");
        }
    }

    private static Set<String> names(Optional<JsonNode> schema) {
        Set<String> names = new TreeSet<>();
        schema.ifPresent(inputs -> inputs.path("properties").properties().forEach(input -> names.add(input.getKey())));
        return names;
    }
}
