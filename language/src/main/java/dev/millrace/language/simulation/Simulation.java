package dev.millrace.language.simulation;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Definition;
import dev.millrace.language.Fitted;
import dev.millrace.language.Happening;
import dev.millrace.language.Scope;
import dev.millrace.language.Script;
import dev.millrace.language.Shape;
import dev.millrace.language.Simulated;
import dev.millrace.language.Trigger;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes definitions ready to be simulated. */
public final class Simulation {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Simulation() {}

    public static Prepared prepare(Definition definition, Catalogue catalogue) {
        Optional<Schema> inputs = definition.trigger() instanceof Trigger.Manual manual
                ? manual.inputs().map(Simulation::schema)
                : Optional.empty();
        return new Prepared(definition, catalogue, Unit.all(definition, catalogue), inputs);
    }

    /** What is given and, made up, the required fields that are not. */
    public static ObjectNode plausible(Shape shape, JsonNode given, Instant now, Catalogue catalogue) {
        return new Plausible(now, catalogue.zone(), catalogue.currency()).fill(shape, given, "trigger");
    }

    private static Schema schema(JsonNode inputs) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(inputs);
    }

    static String text(Instant at) {
        return MICROS.format(at);
    }

    /** A definition, ready for many happenings. */
    public record Prepared(
            Definition definition, Catalogue catalogue, Map<String, Unit> units, Optional<Schema> inputs) {

        /** @param most work after which it is unfinished */
        public Simulated run(Happening happening, Script script, int most) {
            Start start = start(happening, script);
            var world = new World(this, script, roots(happening, start.payload(), true), happening.at());
            return new Run(world, start, most).toTheEnd();
        }

        private Start start(Happening happening, Script script) {
            List<Fitted.Misfit> misfits = misfits(happening, script);
            return misfits.isEmpty()
                    ? Start.of(this, happening)
                    : Start.misfits(happening, "the script does not fit", misfits);
        }

        private List<Fitted.Misfit> misfits(Happening happening, Script script) {
            var misfits = new ArrayList<Fitted.Misfit>();
            var plausible = new Plausible(happening.at(), catalogue.zone(), catalogue.currency());
            script.outputs()
                    .forEach((id, output) -> misfits.addAll(new ScriptedOutput(units, plausible).misfits(id, output)));
            return misfits;
        }

        /** What the trigger's condition sees: no execution yet. */
        Scope scope(Happening happening, ObjectNode payload) {
            return new SimulatedScope(
                    roots(happening, payload, false), happening.at(), catalogue.zone(), catalogue.currency());
        }

        private Map<String, JsonNode> roots(Happening happening, ObjectNode payload, boolean begun) {
            var roots = new HashMap<String, JsonNode>();
            roots.put("trigger", payload);
            roots.put("tenant", tenant(happening));
            ObjectNode workflow = JSON.objectNode();
            workflow.put("id", Plausible.id(definition.name()).toString());
            workflow.put("name", definition.name());
            workflow.set("version", DecimalNode.valueOf(BigDecimal.ONE));
            roots.put("workflow", workflow);
            if (begun) {
                roots.put("execution", execution(happening));
            }
            return roots;
        }

        private ObjectNode tenant(Happening happening) {
            ObjectNode tenant = JSON.objectNode();
            tenant.put("id", Plausible.id("tenant").toString());
            tenant.put("slug", "x").put("name", "x");
            tenant.put("currency", catalogue.currency());
            tenant.put("country", "x");
            tenant.put("time_zone", catalogue.zone().getId());
            tenant.put("tax_regime", "x");
            tenant.setAll(happening.tenant());
            return tenant;
        }

        private ObjectNode execution(Happening happening) {
            ObjectNode actor = JSON.objectNode();
            actor.put("kind", "system").put("id", Plausible.id("actor").toString()).put("name", "simulation");
            ObjectNode execution = JSON.objectNode();
            execution.put("id", Plausible.id("execution").toString());
            execution.put("started_at", text(happening.at()));
            execution.set("started_by", actor);
            execution.set("event", happening.event().<JsonNode>map(name -> event(name, happening, actor))
                    .orElse(JSON.nullNode()));
            return execution;
        }

        private static ObjectNode event(String name, Happening happening, ObjectNode actor) {
            ObjectNode event = JSON.objectNode();
            event.put("id", Plausible.id("event").toString());
            event.put("name", name);
            event.put("occurred_at", text(happening.at()));
            event.set("actor", actor);
            event.set("depth", DecimalNode.valueOf(BigDecimal.ZERO));
            return event;
        }
    }
}
