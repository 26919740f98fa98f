package dev.millrace.erp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Engine;
import dev.millrace.engine.EventTypes;
import dev.millrace.engine.Holds;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.erp.ErpCatalogue;
import dev.millrace.erp.World;
import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.CatalogueFile;
import dev.millrace.language.Checked;
import dev.millrace.language.Checker;
import dev.millrace.language.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/reference} against what the code declares, and the examples in it against the validator. */
class ReferenceTest {
    private static final Path FOLDER = Path.of("..", "docs", "reference");
    private static final String REWRITE = "reference.write";

    private final List<ActionType> actions = actions();

    private static List<ActionType> actions() {
        var world = new World();
        var registry = new ActionRegistry();
        world.erp.actions().forEach(registry::register);
        var pool = World.MIGRATED.shared().app();
        try (var engine = new Engine(new Engine.Setup(
                pool,
                pool,
                1,
                NodeSettings.of(world.erp.ids().get()),
                world.erp.directory(),
                registry,
                new EventTypes(),
                ErpCatalogue.ENTITIES,
                Holds.NONE))) {
            assertThat(engine.liveExecutions()).isZero();
            return registry.all().stream().map(ActionRegistry.Registered::type).toList();
        }
    }

    @Test
    void the_page_of_the_actions_is_that_of_the_code() throws IOException {
        compare("actions.md", ActionPage.of(actions));
    }

    @Test
    void the_page_of_the_events_is_that_of_the_code() throws IOException {
        compare("events.md", EventPage.of(ErpCatalogue.events()));
    }

    @Test
    void the_shipped_catalogue_knows_the_failures_of_each_action() {
        Catalogue shipped = CatalogueFile.shipped();
        for (ActionType action : actions) {
            assertThat(shipped.actions().get(action.name()))
                    .as(action.name())
                    .extracting(ActionType::failures)
                    .isEqualTo(action.failures());
        }
    }

    private static void compare(String name, String page) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean(REWRITE)) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, page);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as(
                        "docs/reference/%s is not what the code declares; write it anew with%n"
                                + "  mvn -q test -pl erp -am -Dtest=ReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
                        name, REWRITE)
                .isEqualTo(page);
    }

    @Test
    void every_example_is_valid_as_it_stands() {
        Catalogue shipped = CatalogueFile.shipped();
        var wrong = new ArrayList<String>();
        for (ActionType action : actions) {
            String yaml = Examples.definition(action);
            List<Problem> problems = switch (Checker.check(yaml, shipped)) {
                case Checked.Valid valid -> List.of();
                case Checked.Invalid invalid -> invalid.problems();
            };
            problems.stream()
                    .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                    // Which hosts may be called is the company's to say.
                    .filter(problem -> !problem.code().equals("host_not_allowed"))
                    .forEach(problem -> wrong.add(action.name() + ": " + problem.path() + " " + problem.message()));
        }
        assertThat(wrong).isEmpty();
    }
}
