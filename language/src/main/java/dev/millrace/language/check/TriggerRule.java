package dev.millrace.language.check;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.millrace.language.JsonSchemas;
import dev.millrace.language.Problem.Severity;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.Schedule;
import dev.millrace.language.check.Findings.Stretch;
import dev.millrace.language.check.Outline.TriggerOutline;
import java.time.ZoneId;
import java.util.Optional;

/** Events exist; a schedule can be read and fires; the inputs of a manual start are a schema. */
final class TriggerRule {
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
        switch (Schedule.parse(cron)) {
            case Schedule.Parsed.Good good -> {}
            case Schedule.Parsed.Bad bad -> bad.faults().forEach(fault -> schedule(spot, cron, fault));
        }
    }

    private void schedule(Spot spot, String cron, Schedule.Fault fault) {
        String message = fault.message(spot.shown());
        if (fault.length() == cron.length()) {
            findings.error(fault.code(), spot.path(), message, fault.replacement());
        } else {
            var part = new Stretch(spot.path(), cron, fault.offset(), fault.length());
            findings.within(fault.code(), Severity.ERROR, part, message, fault.replacement());
        }
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
        JsonSchemas.fault(inputs.node())
                .ifPresent(fault -> findings.error(
                        ProblemCode.INPUTS_INVALID,
                        inputs.path(),
                        "Expected a JSON Schema of draft 2020-12 at " + inputs.shown() + " but " + fault + "."));
    }
}
