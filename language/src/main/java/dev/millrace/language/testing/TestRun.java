package dev.millrace.language.testing;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Definition;
import dev.millrace.language.Field;
import dev.millrace.language.Fitted;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.Shape;
import dev.millrace.language.Shapes;
import dev.millrace.language.Simulated;
import dev.millrace.language.Simulator;
import dev.millrace.language.Trigger;
import dev.millrace.language.yaml.YamlPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs the tests of a definition in which nothing else is wrong. */
public final class TestRun {
    /** Work for all tests of a text, so that saving stays quick whatever the text. */
    public static final int WORK = 300_000;

    private final Definition definition;
    private final Catalogue catalogue;
    private final Simulator simulator;
    private int left = WORK;

    private TestRun(Definition definition, Catalogue catalogue) {
        this.definition = definition;
        this.catalogue = catalogue;
        this.simulator = Simulator.of(definition, catalogue);
    }

    /** @param simulated empty when the test itself is wrong, or the budget was spent before */
    public record Outcome(String name, List<Found> found, Optional<Simulated> simulated) {
        public Outcome {
            found = List.copyOf(found);
        }
    }

    /** Of each test, in the order of the text; those after the budget is spent are left out. */
    public static List<Outcome> run(JsonNode tests, Definition definition, Catalogue catalogue) {
        var run = new TestRun(definition, catalogue);
        var outcomes = new ArrayList<Outcome>();
        for (int n = 0; n < tests.size() && run.left > 0; n++) {
            outcomes.add(run.one(tests.path(n), YamlPath.item("tests", n)));
        }
        return outcomes;
    }

    private Outcome one(JsonNode node, String path) {
        TestCase test = TestCase.of(node, triggers(definition));
        var found = new ArrayList<Found>();
        ObjectNode payload = payload(test, path + ".trigger.payload", found);
        if (!found.isEmpty()) {
            return new Outcome(test.name(), found, Optional.empty());
        }
        Simulated simulated = simulator.run(test.happening(payload), test.script(), left);
        left -= simulated.work();
        for (Fitted.Misfit misfit : simulated.misfits()) {
            String at = misfit.path().startsWith("outputs") ? path + ".given." + misfit.path() : path + ".trigger.payload";
            found.add(fault(misfit, at));
        }
        if (left <= 0) {
            found.add(new Found.Fault(
                    ProblemCode.TEST_LIMIT,
                    path,
                    "Expected tests that run quickly but at " + path + " their time was spent; give fewer, or shorter ones."));
        } else if (found.isEmpty()) {
            found.addAll(Expectations.compare(test, simulated, path + ".expect"));
        }
        return new Outcome(test.name(), found, Optional.of(simulated));
    }

    static List<String> triggers(Definition definition) {
        return definition.trigger() instanceof Trigger.OnEvent onEvent ? onEvent.events() : List.of();
    }

    /** With what is missing made up. */
    private ObjectNode payload(TestCase test, String path, List<Found> found) {
        Optional<Shape> shape =
                test.event().map(name -> catalogue.events().get(name)).map(type -> type.payload());
        if (shape.isEmpty()) {
            return test.payload();
        }
        ObjectNode filled = Simulator.plausible(shape.get(), test.payload(), test.now(), catalogue);
        for (Fitted.Misfit misfit : Shapes.fit(filled, shape.get()).misfits()) {
            String at = YamlPath.join(path, misfit.path());
            boolean unknown = misfit.code().equals("unknown_field") && test.payload().has(misfit.path());
            found.add(unknown ? unknown(at, misfit.path(), test, shape.get()) : fault(misfit, at));
        }
        return filled;
    }

    private static Found unknown(String at, String name, TestCase test, Shape shape) {
        return new Found.Unknown(
                ProblemCode.UNKNOWN_FIELD,
                at,
                "a field of " + test.event().orElse("the payload"),
                name,
                shape.fields().stream().map(Field::name).toList(),
                true);
    }

    private static Found fault(Fitted.Misfit misfit, String at) {
        String end = misfit.message().endsWith("?") ? "" : ".";
        return new Found.Fault(
                ProblemCode.of(misfit.code()).orElse(ProblemCode.SCHEMA_VIOLATION), at, at + ": " + misfit.message() + end);
    }
}
