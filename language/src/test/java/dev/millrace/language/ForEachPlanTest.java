package dev.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.StepState.Status;
import dev.millrace.language.check.TestCatalogue;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The planner and steps with {@code for_each}, rule by rule. */
class ForEachPlanTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, StepState> states = new LinkedHashMap<>();
    private final Map<String, Integer> items = new LinkedHashMap<>();
    private Optional<Progress.Stop> stop = Optional.empty();
    private String trigger = "{\"list\": [10, 20, 30], \"go\": true}";

    @Test
    void the_list_is_told_first_and_its_items_are_ready_when_it_is_known() {
        Next first = next(EACH);

        assertThat(first.expanded()).containsOnlyKeys("each");
        assertThat(first.expanded().get("each"))
                .extracting(JsonNode::asString)
                .containsExactly("10", "20", "30");
        assertThat(ready(first)).isEmpty();
        assertThat(first.ending()).isEmpty();

        items.put("each", 3);
        assertThat(next(EACH).expanded()).isEmpty();
        assertThat(ready(next(EACH))).containsExactly("each[0]", "each[1]");
    }

    @Test
    void a_condition_that_is_false_skips_the_step_without_a_look_at_the_list() {
        trigger = "{\"list\": 7, \"go\": false}";

        Next next = next(EACH);

        assertThat(settled(next, "each").skipReason()).contains("condition");
        assertThat(next.expanded()).isEmpty();
    }

    @Test
    void what_is_no_list_fails_the_step() {
        for (var wrong : Map.of("7", "a number", "\"abc\"", "a text", "{}", "a map", "null", "nothing")
                .entrySet()) {
            trigger = "{\"list\": " + wrong.getKey() + ", \"go\": true}";

            StepError error = settled(next(EACH), "each").error().orElseThrow();

            assertThat(error.code()).isEqualTo("type_error");
            assertThat(error.message()).isEqualTo("for_each: expected a list but got " + wrong.getValue());
        }
    }

    @Test
    void a_list_that_cannot_be_evaluated_fails_the_step() {
        trigger = "{\"go\": true}";

        StepError error = settled(next(EACH), "each").error().orElseThrow();

        assertThat(error.code()).isEqualTo("undefined");
        assertThat(error.message()).startsWith("for_each: ");
    }

    @Test
    void a_thousand_items_run_and_one_more_fails_the_step_before_any_has_run() {
        trigger = "{\"list\": " + IntStream.range(0, 1000).boxed().toList() + ", \"go\": true}";
        assertThat(next(EACH).expanded().get("each")).hasSize(1000);

        trigger = "{\"list\": " + IntStream.range(0, 1001).boxed().toList() + ", \"go\": true}";
        Next next = next(EACH);

        assertThat(next.expanded()).isEmpty();
        assertThat(settled(next, "each").error().orElseThrow().code()).isEqualTo("too_many_items");
        assertThat(next.ending().orElseThrow().outcome()).isEqualTo("failed");
    }

    @Test
    void an_empty_list_completes_at_once_and_its_dependents_see_an_empty_list() {
        trigger = "{\"list\": [], \"go\": true}";

        Next next = next(EACH);

        assertThat(settled(next, "each").status()).isEqualTo(Status.COMPLETED);
        assertThat(settled(next, "each").output()).isEqualTo(JSON.arrayNode());
        assertThat(ready(next)).containsExactly("after");
    }

    @Test
    void items_that_run_wait_or_are_to_be_repeated_hold_their_places() {
        items.put("each", 3);
        put("each[0]", Status.RUNNING, 1);
        put("each[1]", Status.WAITING, 1);
        assertThat(ready(next(EACH))).isEmpty();

        put("each[1]", Status.PENDING, 1);
        assertThat(ready(next(EACH))).containsExactly("each[1]");

        put("each[1]", Status.COMPLETED, 1);
        assertThat(ready(next(EACH))).containsExactly("each[2]");
    }

    @Test
    void items_pending_again_after_a_retry_asked_for_by_a_person_run_no_more_at_a_time() {
        items.put("each", 3);
        states.put("each", StepState.PENDING);
        put("each[0]", Status.COMPLETED, 1);
        put("each[1]", Status.PENDING, 3);
        put("each[2]", Status.PENDING, 3);
        put("other", Status.COMPLETED, 1);

        assertThat(ready(next(EACH))).containsExactly("each[1]", "each[2]");
        assertThat(next(EACH).settled()).isEmpty();

        put("each[1]", Status.RUNNING, 4);
        assertThat(ready(next(EACH))).containsExactly("each[2]");
    }

    @Test
    void items_fail_alone_and_when_all_have_ended_the_step_fails_with_each_of_them() {
        items.put("each", 3);
        fail("each[0]", "no_such_item", "There is no such item");
        put("each[1]", Status.RUNNING, 1);
        assertThat(ready(next(EACH))).containsExactly("each[2]");
        assertThat(next(EACH).settled()).isEmpty();

        put("each[1]", Status.COMPLETED, 1);
        fail("each[2]", "timeout", "Too slow");
        Next next = next(EACH);

        StepError error = settled(next, "each").error().orElseThrow();
        assertThat(error.code()).isEqualTo("items_failed");
        assertThat(error.message()).isEqualTo("2 of 3 items failed; item 0: There is no such item");
        assertThat(error.details().path("items")).isEqualTo(JsonMapper.shared().readTree("""
                [{"index": 0, "code": "no_such_item", "message": "There is no such item"},
                 {"index": 2, "code": "timeout", "message": "Too slow"}]
                """));
        assertThat(next.ending().orElseThrow().step()).contains("each");
    }

    @Test
    void on_error_of_the_step_runs_after_its_items() {
        items.put("each", 1);
        fail("each[0]", "broken", "It broke");

        assertThat(next(HANDLED).ready()).containsExactly("each.on_error[0]");

        states.put("each", settled(next(HANDLED), "each"));
        put("each.on_error[0]", Status.COMPLETED, 1);
        assertThat(next(HANDLED).settled()).containsOnlyKeys("after");
        assertThat(settled(next(HANDLED), "after").skipReason()).contains("blocked");
    }

    @Test
    void the_output_is_the_list_of_outputs_in_the_order_of_the_items() {
        items.put("each", 2);
        complete("each[1]", "{\"n\": 2}");
        complete("each[0]", "{\"n\": 1}");

        Next next = next(EACH);

        assertThat(settled(next, "each").output().toString()).isEqualTo("[{\"n\":1},{\"n\":2}]");
        assertThat(ready(next)).containsExactly("after");
    }

    @Test
    void a_failure_elsewhere_lets_items_finish_starts_none_and_cancels_those_that_wait_or_would_be_repeated() {
        items.put("each", 5);
        put("each[0]", Status.RUNNING, 1);
        put("each[1]", Status.WAITING, 1);
        put("each[2]", Status.PENDING, 1);
        fail("other", "broken", "It broke");

        Next next = next(EACH);

        assertThat(ready(next)).isEmpty();
        assertThat(next.cancel()).containsExactly("each[1]", "each[2]");
        assertThat(next.ending()).isEmpty();

        put("each[0]", Status.COMPLETED, 1);
        put("each[1]", Status.CANCELLED, 1);
        put("each[2]", Status.CANCELLED, 1);
        next = next(EACH);

        assertThat(next.cancel()).containsExactly("each");
        assertThat(next.ending().orElseThrow().outcome()).isEqualTo("failed");
    }

    @Test
    void a_failure_elsewhere_keeps_a_list_from_being_expanded() {
        fail("other", "broken", "It broke");

        assertThat(next(EACH).expanded()).isEmpty();
        assertThat(next(EACH).ending()).isPresent();
    }

    @Test
    void a_stop_lets_items_finish_and_settles_the_step_if_all_have() {
        items.put("each", 2);
        put("each[0]", Status.RUNNING, 1);
        stop = Optional.of(new Progress.Stop(false, "enough"));
        assertThat(next(EACH).ending()).isEmpty();

        complete("each[0]", "{}");
        assertThat(next(EACH).cancel()).containsExactly("each");
        assertThat(next(EACH).ending().orElseThrow().outcome()).isEqualTo("stopped");

        complete("each[1]", "{}");
        assertThat(next(EACH).cancel()).isEmpty();
        assertThat(settled(next(EACH), "each").status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void a_step_that_fell_at_its_list_is_asked_again_when_it_is_pending_again() {
        put("each", Status.PENDING, 1);

        assertThat(next(EACH).expanded()).containsOnlyKeys("each");
    }

    @Test
    void expressions_see_the_list_only_when_the_step_has_completed() {
        Definition definition = definition(EACH);
        put("each", Status.RUNNING, 1);
        assertThat(outputOf(definition)).isEqualTo("[]");

        complete("each", "[{\"n\":1}]");
        assertThat(outputOf(definition)).isEqualTo("[{\"n\":1}]");
    }

    @Test
    void an_item_sees_itself_and_its_index_and_all_else() {
        var scope = new ItemScope(new Given(JSON.objectNode().put("a", 1)), JSON.stringNode("x"), 4);

        assertThat(scope.root("item")).isEqualTo(JSON.stringNode("x"));
        assertThat(scope.root("item_index").decimalValue()).isEqualByComparingTo("4");
        assertThat(scope.root("trigger").path("a").asInt()).isEqualTo(1);
    }

    private static final String EACH = """
            workflow:
              name: loop
              trigger: { manual: true }
              steps:
                - id: each
                  action: core.set
                  condition: trigger.go
                  for_each: trigger.list
                  max_parallel: 2
                  config: { values: { n: "{{ item }}" } }
                - { id: other, action: core.set, config: { values: { a: 1 } } }
                - { id: after, action: core.set, depends_on: each, config: { values: { a: 1 } } }
            """;

    private static final String HANDLED = """
            workflow:
              name: loop
              trigger: { manual: true }
              steps:
                - id: each
                  action: core.set
                  for_each: trigger.list
                  config: { values: { n: "{{ item }}" } }
                  on_error: { action: core.set, config: { values: { a: 1 } } }
                - { id: after, action: core.set, depends_on: each, config: { values: { a: 1 } } }
            """;

    private Next next(String yaml) {
        return Planner.next(
                definition(yaml),
                new Progress(states, items, stop),
                new Given((ObjectNode) JsonMapper.shared().readTree(trigger)));
    }

    private static StepState settled(Next next, String step) {
        return Optional.ofNullable(next.settled().get(step)).orElseThrow();
    }

    /** But for the step that has nothing to do with it. */
    private static List<String> ready(Next next) {
        return next.ready().stream().filter(id -> !id.equals("other")).toList();
    }

    private static Definition definition(String yaml) {
        Checked checked = Checker.check(yaml, TestCatalogue.everything());
        assertThat(checked.problems()).isEmpty();
        return ((Checked.Valid) checked).definition();
    }

    private String outputOf(Definition definition) {
        return StepsScope.of(new Given(JSON.objectNode()), definition, states)
                .root("steps")
                .path("each")
                .path("output")
                .toString();
    }

    private void put(String unit, Status status, int attempt) {
        states.put(
                unit,
                new StepState(
                        status, attempt, Optional.empty(), JSON.objectNode(), Optional.empty(), Optional.empty()));
    }

    private void complete(String unit, String output) {
        states.put(
                unit,
                new StepState(
                        Status.COMPLETED,
                        1,
                        Optional.empty(),
                        JsonMapper.shared().readTree(output),
                        Optional.empty(),
                        Optional.empty()));
    }

    private void fail(String unit, String code, String message) {
        states.put(
                unit,
                new StepState(
                        Status.FAILED,
                        1,
                        Optional.empty(),
                        JSON.missingNode(),
                        Optional.of(StepError.of(code, message, 1)),
                        Optional.empty()));
    }

    private record Given(ObjectNode trigger) implements Scope {
        @Override
        public JsonNode root(String name) {
            return name.equals("trigger") ? trigger : JSON.missingNode();
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public ZoneId zone() {
            return ZoneId.of("Asia/Kolkata");
        }

        @Override
        public String currency() {
            return "INR";
        }
    }
}
