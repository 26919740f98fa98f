package dev.millrace.language.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Deadline;
import dev.millrace.language.Definition;
import dev.millrace.language.Graph;
import dev.millrace.language.RandomDefinitions;
import dev.millrace.language.Reading;
import dev.millrace.language.Step;
import dev.millrace.language.check.TestCatalogue;
import dev.millrace.language.words.Messages;
import dev.millrace.language.words.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.JsonNode;

/** Whatever a definition says, its reading says it too. */
class ReadingProperties {
    private static final Catalogue CATALOGUE = TestCatalogue.everything();
    private static final Set<String> WHO = Set.of("role", "to_role");

    @Property(tries = 300)
    void it_names_every_step_once_and_in_an_order_that_can_be_followed(@ForAll long seed) {
        Definition definition = new RandomDefinitions(seed).next();

        List<Reading.Line> steps = Reading.of(definition, CATALOGUE).lines().stream()
                .filter(line -> line.kind() == Reading.Kind.STEP)
                .toList();

        List<String> ids = steps.stream().map(line -> line.step().orElseThrow()).toList();
        assertThat(ids)
                .containsExactlyInAnyOrderElementsOf(
                        definition.steps().stream().map(Step::id).toList());
        for (Step step : definition.steps()) {
            assertThat(ids.subList(0, ids.indexOf(step.id()))).containsAll(step.dependsOn());
            assertThat(steps.get(ids.indexOf(step.id())).text())
                    .startsWith((ids.indexOf(step.id()) + 1) + ". Step " + step.id().substring(5));
        }
    }

    @Property(tries = 300)
    void it_names_every_role_and_every_deadline_at_its_step(@ForAll long seed) {
        Definition definition = new RandomDefinitions(seed).next();
        Reading reading = Reading.of(definition, CATALOGUE);
        Wording wording = Wording.byTitle(Messages.ENGLISH, definition, CATALOGUE);

        for (Step step : definition.steps()) {
            String words = reading.lines().stream()
                    .filter(line -> line.step().equals(java.util.Optional.of(step.id())))
                    .map(Reading.Line::text)
                    .collect(Collectors.joining("\n"));
            assertThat(words).contains(roles(step));
            for (Deadline deadline : step.onTimeout()) {
                assertThat(words).containsIgnoringCase("after " + wording.duration(deadline.after()));
            }
        }
    }

    @Property(tries = 300)
    void it_says_plainly_what_is_approved_by_time(@ForAll long seed) {
        Definition definition = new RandomDefinitions(seed).next();
        String text = Reading.of(definition, CATALOGUE).text();
        long byTime = definition.steps().stream()
                .flatMap(step -> step.onTimeout().stream())
                .filter(deadline -> deadline.action().equals("erp.approval.auto_approve"))
                .count();

        assertThat(text.split("automatically, without a person", -1)).hasSize((int) byTime + 1);
    }

    @Property(tries = 200)
    void the_same_definition_always_reads_the_same_and_the_text_is_its_lines(@ForAll long seed) {
        Reading once = Reading.of(new RandomDefinitions(seed).next(), CATALOGUE);
        Reading again = Reading.of(new RandomDefinitions(seed).next(), CATALOGUE);

        assertThat(again).isEqualTo(once);
        assertThat(once.text().lines().map(String::strip).filter(line -> !line.isEmpty()))
                .containsExactlyElementsOf(once.lines().stream()
                        .map(Reading.Line::text)
                        .flatMap(String::lines)
                        .map(String::strip)
                        .toList());
    }

    @Property(tries = 300)
    void every_edge_of_the_graph_joins_two_of_its_nodes_and_no_id_is_used_twice(@ForAll long seed) {
        Definition definition = new RandomDefinitions(seed).next();

        Graph graph = Graph.of(definition, CATALOGUE);

        List<String> ids = graph.nodes().stream().map(Graph.Node::id).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(graph.edges()).allSatisfy(edge -> assertThat(ids).contains(edge.from(), edge.to()));
        for (Step step : definition.steps()) {
            assertThat(ids).contains(step.id());
            assertThat(graph.edges().stream()
                            .filter(edge -> edge.to().equals(step.id()) && edge.way() == Graph.Way.THEN)
                            .map(Graph.Edge::from))
                    .containsAll(step.dependsOn().isEmpty() ? List.of(Graph.TRIGGER) : step.dependsOn());
        }
    }

    private static List<String> roles(Step step) {
        List<String> roles = new ArrayList<>(List.of("Step"));
        collect(step.config().source(), roles);
        step.onTimeout().forEach(deadline -> collect(deadline.config().source(), roles));
        step.onError().list().forEach(handler -> collect(handler.config().source(), roles));
        return roles;
    }

    private static void collect(JsonNode config, List<String> roles) {
        config.properties().stream()
                .filter(field -> WHO.contains(field.getKey()) && field.getValue().isString())
                .forEach(field -> roles.add(field.getValue().stringValue()));
    }
}
