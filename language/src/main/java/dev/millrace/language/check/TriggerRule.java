package dev.millrace.language.check;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.check.Outline.TriggerOutline;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Events exist; a schedule has the form of one; the inputs of a manual start are a schema. */
final class TriggerRule {
    private static final Pattern CRON_FIELD = Pattern.compile("[0-9A-Za-z*,/L-]{1,100}");

    private static final Schema META = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    private final Names names;
    private final Findings findings;

    TriggerRule(Names names, Findings findings) {
        this.names = names;
        this.findings = findings;
    }

    void check(TriggerOutline trigger) {
        trigger.events().forEach(event -> event.text().ifPresent(name -> names.event(event.path(), name)));
        Spot spot = trigger.spot();
        Spot schedule = spot.key("schedule");
        schedule.text().ifPresent(cron -> schedule(schedule, cron));
        Spot zone = spot.key("timezone");
        zone.text().ifPresent(name -> zone(zone, name));
        Spot inputs = spot.key("inputs");
        if (inputs.node().isObject()) {
            inputs(inputs);
        }
    }

    private void schedule(Spot spot, String cron) {
        List<String> fields = List.of(cron.strip().split("\\s+"));
        boolean formed = fields.size() == 5 || fields.size() == 6;
        if (!formed || !fields.stream().allMatch(f -> CRON_FIELD.matcher(f).matches())) {
            findings.error(
                    ProblemCode.CRON_INVALID,
                    spot.path(),
                    Say.expected(
                            "five fields (minute hour day month weekday) or six with seconds first",
                            spot.shown(),
                            spot.node(),
                            Optional.empty()));
            return;
        }
        findings.warning(
                ProblemCode.NOT_SUPPORTED_YET,
                spot.path(),
                "Expected an event or manual trigger at trigger but got a schedule: it can be saved, but schedules do not fire"
                        + " in this version yet.");
    }

    private void zone(Spot spot, String name) {
        if (ZoneId.getAvailableZoneIds().contains(name)) {
            return;
        }
        Optional<String> near = Suggestion.nearest(name, ZoneId.getAvailableZoneIds());
        findings.error(
                ProblemCode.TIME_ZONE_UNKNOWN,
                spot.path(),
                Say.expected("a time zone such as Asia/Kolkata", spot.shown(), name, near),
                near);
    }

    private void inputs(Spot inputs) {
        for (Error error : META.validate(inputs.node())) {
            findings.error(
                    ProblemCode.INPUTS_INVALID,
                    inputs.path(),
                    "Expected a JSON Schema at " + inputs.shown() + " but " + error.getInstanceLocation() + " "
                            + error.getMessage() + ".");
            return;
        }
    }
}
