package dev.millrace.language.testing;

import dev.millrace.language.ProblemCode;
import dev.millrace.language.yaml.YamlPath;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The steps and events that tests name are there. Reads whatever it is given, also what the schema refuses. */
public final class TestNames {
    private static final String STEP = "the id of a step";
    private static final String UNIT = "the id of a step, an item or a handler";
    private static final String APPROVAL = "the id of a step that asks for approval";

    private final Known known;
    private final List<Found> found = new ArrayList<>();

    private TestNames(Known known) {
        this.known = known;
    }

    /**
     * What a definition has.
     *
     * @param steps all ids
     * @param approvals those that ask for approval
     * @param loops those with {@code for_each}
     * @param units ids of steps and handlers, without items
     * @param triggers events that start it; empty if none does
     * @param events of the catalogue
     */
    public record Known(
            Set<String> steps,
            Set<String> approvals,
            Set<String> loops,
            Set<String> units,
            Set<String> triggers,
            Set<String> events) {
        public Known {
            steps = new TreeSet<>(steps);
            approvals = new TreeSet<>(approvals);
            loops = new TreeSet<>(loops);
            units = new TreeSet<>(units);
            triggers = new TreeSet<>(triggers);
            events = new TreeSet<>(events);
        }
    }

    public static List<Found> check(JsonNode tests, Known known) {
        var names = new TestNames(known);
        for (int n = 0; n < tests.size(); n++) {
            names.test(tests.path(n), YamlPath.item("tests", n));
        }
        return names.found;
    }

    private void test(JsonNode test, String path) {
        event(test.path("trigger"), path + ".trigger");
        JsonNode given = test.path("given");
        keys(given.path("approvals"), path + ".given.approvals", known.approvals(), APPROVAL);
        keys(given.path("outputs"), path + ".given.outputs", known.units(), UNIT);
        keys(given.path("failures"), path + ".given.failures", known.units(), UNIT);
        now(given.path("now"), path + ".given.now");
        JsonNode events = given.path("events");
        for (int n = 0; n < events.size() && events.isArray(); n++) {
            value(
                    ProblemCode.UNKNOWN_EVENT,
                    events.path(n).path("event"),
                    path + ".given.events[" + n + "].event",
                    known.events(),
                    "an event of this company's modules");
        }
        expect(test.path("expect"), path + ".expect");
    }

    private void now(JsonNode now, String path) {
        try {
            if (now.isString()) {
                OffsetDateTime.parse(now.stringValue());
            }
        } catch (DateTimeException noInstant) {
            found.add(new Found.Fault(
                    ProblemCode.TYPE_MISMATCH,
                    path,
                    "Expected an instant such as 2026-01-05T10:00:00+05:30 at " + path + " but got '"
                            + now.stringValue() + "'."));
        }
    }

    private void event(JsonNode trigger, String path) {
        JsonNode event = trigger.path("event");
        if (event.isMissingNode() && known.triggers().size() > 1) {
            found.add(new Found.Fault(
                    ProblemCode.REQUIRED,
                    path + ".event",
                    path + ".event: required. Expected one of " + String.join(", ", known.triggers())
                            + " because each of them starts this workflow; add it."));
        } else if (event.isString() && known.triggers().isEmpty()) {
            found.add(new Found.Fault(
                    ProblemCode.UNKNOWN_KEY,
                    path + ".event",
                    "Expected no event at " + path + ".event because no event starts this workflow; remove it."));
        } else {
            value(
                    ProblemCode.UNKNOWN_EVENT,
                    event,
                    path + ".event",
                    known.triggers(),
                    "an event that starts this workflow");
        }
    }

    private void expect(JsonNode expect, String path) {
        keys(expect.path("steps"), path + ".steps", known.units(), UNIT);
        JsonNode went = expect.path("path");
        for (int n = 0; n < went.size() && went.isArray(); n++) {
            value(ProblemCode.UNKNOWN_STEP, went.path(n), path + ".path[" + n + "]", known.steps(), STEP);
        }
        JsonNode approvals = expect.path("approvals");
        for (int n = 0; n < approvals.size() && approvals.isArray(); n++) {
            value(
                    ProblemCode.UNKNOWN_STEP,
                    approvals.path(n).path("step"),
                    path + ".approvals[" + n + "].step",
                    known.approvals(),
                    APPROVAL);
        }
    }

    private void keys(JsonNode map, String path, Set<String> names, String what) {
        map.propertyNames().stream()
                .filter(name -> !isKnown(name, names))
                .forEach(name -> found.add(new Found.Unknown(
                        ProblemCode.UNKNOWN_STEP, YamlPath.key(path, name), what, name, names, true)));
    }

    private void value(ProblemCode code, JsonNode value, String path, Set<String> names, String what) {
        if (value.isString() && !isKnown(value.stringValue(), names)) {
            found.add(new Found.Unknown(code, path, what, value.stringValue(), names, false));
        }
    }

    private boolean isKnown(String name, Set<String> names) {
        if (names.contains(name)) {
            return true;
        }
        int bracket = name.indexOf('[');
        boolean ofLoop = bracket > 0 && known.loops().contains(name.substring(0, bracket));
        return ofLoop && names.contains(name.replaceFirst("\\[\\d{1,4}]", ""));
    }
}
