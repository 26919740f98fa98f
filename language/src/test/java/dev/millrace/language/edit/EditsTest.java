package dev.millrace.language.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Edit;
import dev.millrace.language.Edit.AddStep;
import dev.millrace.language.Edit.After;
import dev.millrace.language.Edit.AtEnd;
import dev.millrace.language.Edit.Before;
import dev.millrace.language.Edit.MoveStep;
import dev.millrace.language.Edit.RemoveStep;
import dev.millrace.language.Edit.RemoveValue;
import dev.millrace.language.Edit.RenameStep;
import dev.millrace.language.Edit.ReplaceStep;
import dev.millrace.language.Edit.SetValue;
import dev.millrace.language.Edited;
import dev.millrace.language.Edited.Code;
import dev.millrace.language.Edits;
import dev.millrace.language.check.TestCatalogue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

class EditsTest {
    private static final Catalogue CATALOGUE = TestCatalogue.everything();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String TEXT = """
            workflow:
              name: test-flow  # the name
              trigger: { event: purchase_order.created }
              steps:
                # first comes a
                - id: a
                  action: erp.approval.request
                  config:
                    role: "Finance Head"  # who decides
                    message: PO {{ steps.a.status }}

                # then b
                - id: b
                  action: core.stop
                  depends_on: a
                  condition: steps.a.status == 'completed'
                  config: { reason: "steps.a and {{ steps.a.output.decision }}" }
                - id: c
                  action: core.stop
                  depends_on: [a, b]
                  config: { reason: x }
            """;

    @Test
    void a_value_is_set_where_it_stands_with_its_quotes_and_the_comment_beside_it() {
        assertThat(text(TEXT, new SetValue("steps[0].config.role", json("\"CFO\""))))
                .isEqualTo(TEXT.replace("\"Finance Head\"", "\"CFO\""));
        assertThat(text(TEXT, new SetValue("name", json("\"other-flow\""))))
                .isEqualTo(TEXT.replace("test-flow", "other-flow"));
    }

    @Test
    void a_key_that_is_new_stands_where_people_write_it() {
        assertThat(text(TEXT, new SetValue("steps[2].condition", json("\"trigger.total_amount > 5\""))))
                .isEqualTo(TEXT.replace(
                        "      depends_on: [a, b]\n",
                        "      depends_on: [a, b]\n      condition: trigger.total_amount > 5\n"));
        assertThat(text(TEXT, new SetValue("trigger.condition", json("\"trigger.id is not none\""))))
                .isEqualTo(TEXT.replace("created }", "created, condition: trigger.id is not none }"));
        assertThat(text(TEXT, new SetValue("description", json("\"what: it is for\""))))
                .isEqualTo(TEXT.replace("# the name\n", "# the name\n  description: \"what: it is for\"\n"));
    }

    @Test
    void maps_around_a_value_are_made() {
        assertThat(text(TEXT, new SetValue("steps[2].retry.max_attempts", json("5"))))
                .isEqualTo(TEXT.replace(
                        "      depends_on: [a, b]\n", "      depends_on: [a, b]\n      retry: { max_attempts: 5 }\n"));
    }

    @Test
    void a_text_of_several_lines_becomes_a_block() {
        assertThat(text(TEXT, new SetValue("steps[0].config.message", json("\"one {{ trigger.id }}\\n\\ntwo\\n\""))))
                .isEqualTo(TEXT.replace(
                        "message: PO {{ steps.a.status }}\n",
                        "message: |\n          one {{ trigger.id }}\n\n          two\n"));
    }

    @Test
    void a_step_is_added_in_the_style_of_the_others() {
        JsonNode step = json("{\"id\":\"n\",\"action\":\"core.stop\",\"config\":{\"reason\":\"{{ trigger.id }}\"}}");
        String written = "    - id: n\n      action: core.stop\n      config: { reason: \"{{ trigger.id }}\" }\n";

        assertThat(text(TEXT, new AddStep(new AtEnd(), step))).isEqualTo(TEXT + written);
        assertThat(text(TEXT, new AddStep(new After("b"), step)))
                .isEqualTo(TEXT.replace("    - id: c\n", written + "    - id: c\n"));
        assertThat(text(TEXT, new AddStep(new Before("b"), step)))
                .isEqualTo(TEXT.replace("    # then b\n", written + "    # then b\n"));
    }

    @Test
    void line_breaks_of_windows_stay_and_new_lines_get_them() {
        String windows = TEXT.replace("\n", "\r\n");
        JsonNode step = json("{\"id\":\"n\",\"action\":\"core.stop\"}");

        String after = text(windows, new AddStep(new AtEnd(), step));

        assertThat(after).isEqualTo(windows + "    - id: n\r\n      action: core.stop\r\n");
    }

    @Test
    void a_last_line_that_is_not_ended_is_ended_before_a_new_one() {
        String open = TEXT.stripTrailing();

        Edited.Text edited = (Edited.Text)
                Edits.apply(open, CATALOGUE, new AddStep(new AtEnd(), json("{\"id\":\"n\",\"action\":\"core.stop\"}")));

        assertThat(edited.yaml()).isEqualTo(open + "\n    - id: n\n      action: core.stop\n");
        assertThat(text(edited.yaml(), edited.inverse().toArray(Edit[]::new))).isEqualTo(open);
    }

    @Test
    void a_step_is_removed_with_its_comment_and_what_depended_on_it_depends_on_what_was_before() {
        String after = text(TEXT, new RemoveStep("b"));

        assertThat(after)
                .isEqualTo(TEXT.substring(0, TEXT.indexOf("    # then b"))
                        + TEXT.substring(TEXT.indexOf("    - id: c")).replace("[a, b]", "[a]"));
        assertThat(text(TEXT, new RemoveStep("a")))
                .doesNotContain("# first comes a", "depends_on: a\n")
                .contains("depends_on: [b]", "steps.a.status == 'completed'");
    }

    @Test
    void the_only_step_leaves_an_empty_list() {
        String one = "workflow:\n  steps:  # here\n    - id: a\n  name: x\n";

        assertThat(text(one, new RemoveStep("a"))).isEqualTo("workflow:\n  steps: []\n  name: x\n");
        assertThat(text(
                        "workflow:\n  steps: []\n  name: x\n",
                        new AddStep(new AtEnd(), json("{\"id\":\"a\",\"action\":\"core.stop\"}"))))
                .isEqualTo("workflow:\n  steps:\n    - id: a\n      action: core.stop\n  name: x\n");
        assertThat(text("workflow:\n  name: x\n", new AddStep(new AtEnd(), json("{\"id\":\"a\"}"))))
                .isEqualTo("workflow:\n  name: x\n  steps:\n    - id: a\n");
    }

    @Test
    void a_step_is_renamed_wherever_it_is_named_and_nowhere_else() {
        String after = text(TEXT, new RenameStep("a", "finance_head"));

        assertThat(after)
                .isEqualTo(TEXT.replace("id: a\n", "id: finance_head\n")
                        .replace("depends_on: a\n", "depends_on: finance_head\n")
                        .replace("[a, b]", "[finance_head, b]")
                        .replace("{{ steps.a.", "{{ steps.finance_head.")
                        .replace("condition: steps.a.", "condition: steps.finance_head."));
        assertThat(after).contains("\"steps.a and {{");
    }

    @Test
    void a_renamed_step_is_renamed_in_fields_that_are_expressions_in_handlers_and_in_escapes() {
        String text = """
                workflow:
                  concurrency: { key: "{{ steps.a.status }}" }
                  steps:
                    - id: a
                      action: core.wait_for_event
                      config: { event: goods_receipt.posted, match: "event.id == steps['a'].output.id" }
                      on_timeout: { after: 1d, action: core.stop, config: { reason: '{{ steps.a.status }} isn''t {{- steps . a.status -}}' } }
                      on_error:
                        do:
                          - { action: core.stop, config: { reason: "\\u20B9 \\"x\\" {{ steps.a.status }}" } }
                    - id: b
                      action: erp.query.list
                      for_each: steps["a"].output.list
                      config:
                        entity: purchase_order
                        where: row.x == (steps.a.output.y | default(steps.ab.output.a))
                        note: row.x == steps.a.output.y
                  on_failure: [{ action: core.stop, config: { reason: "{{ steps.a.error.message ~ 'steps.a' }}" } }]
                """;

        String after = text(text, new RenameStep("a", "z"));

        assertThat(after)
                .isEqualTo(text.replace("id: a\n", "id: z\n")
                        .replace("steps['a']", "steps['z']")
                        .replace("steps[\"a\"]", "steps[\"z\"]")
                        .replace("steps . a.", "steps . z.")
                        .replace("steps.a.", "steps.z.")
                        .replace("note: row.x == steps.z.", "note: row.x == steps.a."));
    }

    @Test
    void a_step_is_moved_with_its_comments_as_it_is_written() {
        String section = TEXT.substring(TEXT.indexOf("    # then b"), TEXT.indexOf("    - id: c"));

        assertThat(text(TEXT, new MoveStep("b", new AtEnd()))).isEqualTo(TEXT.replace(section, "") + section);
        assertThat(text(TEXT, new MoveStep("b", new Before("a"))))
                .isEqualTo(TEXT.replace(section, "").replace("    # first", section + "    # first"));
        assertThat(text(TEXT, new MoveStep("b", new After("a")))).isEqualTo(TEXT);
        assertThat(text(TEXT, new MoveStep("b", new Before("b")))).isEqualTo(TEXT);
    }

    @Test
    void replacing_a_step_changes_what_differs_only() {
        JsonNode step = json("""
                {"id": "a", "action": "erp.approval.request", "condition": "trigger.x",
                 "config": {"role": "CFO"}}
                """);

        assertThat(text(TEXT, new ReplaceStep("a", step)))
                .isEqualTo(TEXT.replace("\"Finance Head\"", "\"CFO\"")
                        .replace("        message: PO {{ steps.a.status }}\n", "")
                        .replaceFirst("erp.approval.request\n", "erp.approval.request\n      condition: trigger.x\n"));
    }

    @Test
    void a_value_is_removed_with_its_comment_and_the_last_one_leaves_nothing_behind() {
        assertThat(text(TEXT, new RemoveValue("steps[1].condition")))
                .isEqualTo(TEXT.replace("      condition: steps.a.status == 'completed'\n", ""));
        assertThat(text(TEXT, new RemoveValue("steps[2].config.reason")))
                .isEqualTo(TEXT.replace("{ reason: x }", "{}"));
        assertThat(text(TEXT, new RemoveValue("steps[2].depends_on[0]"))).isEqualTo(TEXT.replace("[a, b]", "[b]"));
        assertThat(text(TEXT, new RemoveValue("steps[2].id")))
                .isEqualTo(TEXT.replace("- id: c\n      action", "- action"));
    }

    @Test
    void the_index_behind_the_last_appends() {
        assertThat(text(TEXT, new SetValue("steps[2].depends_on[2]", json("\"z\""))))
                .isEqualTo(TEXT.replace("[a, b]", "[a, b, z]"));
    }

    @Test
    void json_stays_json() {
        String text = "{\"workflow\": {\"name\": \"x\", \"steps\": [{\"id\": \"a\", \"action\": \"core.stop\"}]}}";

        assertThat(text(text, new AddStep(new AtEnd(), json("{\"id\":\"b\",\"depends_on\":[\"a\"]}"))))
                .isEqualTo(text.replace("}]}}", "}, {\"id\": \"b\", \"depends_on\": [\"a\"]}]}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"yes\"` | yes",
                "`\"true\"` | `\"true\"`",
                "`\"12\"` | `\"12\"`",
                "`\"0x1F\"` | `\"0x1F\"`",
                "`\"1e3\"` | `\"1e3\"`",
                "`\"24h\"` | 24h",
                "`\"2026-11-24\"` | 2026-11-24",
                "`\"\"` | `\"\"`",
                "`\"~\"` | `\"~\"`",
                "`\"a: b\"` | `\"a: b\"`",
                "`\"a:b\"` | a:b",
                "`\"a #b\"` | `\"a #b\"`",
                "`\"a, b\"` | `\"a, b\"`",
                "`\"- a\"` | `\"- a\"`",
                "`\"{{ x }}\"` | `\"{{ x }}\"`",
                "`\"say \\\"x\\\", {y}\"` | `'say \"x\", {y}'`",
                "`\"it's [x]\"` | `\"it's [x]\"`",
                "`\"a\\tb\"` | `\"a\\tb\"`",
                "`\"\\u200b\"` | `\"\\u200B\"`",
                "`\"₹ 5\"` | ₹ 5",
                "1.50 | 1.50",
                "true | true",
                "null | null",
                "[] | []",
                "`{\"a b\":[1,\"x\"]}` | `{ a b: [1, x] }`",
            })
    void a_value_is_quoted_only_where_it_would_be_read_as_something_else(String value, String written) {
        assertThat(text(TEXT, new SetValue("steps[2].config.reason", json(value))))
                .isEqualTo(TEXT.replace("{ reason: x }", "{ reason: " + written + " }"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "- a",
                "a: *b",
                "a: &x 1\nb: *x",
                "a: !!java.net.URL x",
                "workflow: {",
                "a: 1\na: 2",
                "workflow: 1\n---\nb: 2",
                "k\u200be: 1"
            })
    void a_text_that_cannot_be_read_or_is_no_definition_is_refused_without_an_exception(String text) {
        for (Edit edit : List.of(
                new SetValue("name", json("\"x\"")),
                new RemoveStep("a"),
                new AddStep(new AtEnd(), json("{\"id\":\"a\"}")))) {
            assertThat(Edits.apply(text, CATALOGUE, edit)).isInstanceOf(Edited.Refused.class);
        }
    }

    @Test
    void a_comment_that_stands_deeper_does_not_become_part_of_a_text_of_several_lines() {
        String text = """
                workflow:
                  name: x
                  trigger: { manual: true }
                  steps:
                  - id: a
                    action: core.stop
                    config:
                        reason: r
                          # deeper
                  - id: b
                    action: core.stop
                """;

        String after = ((Edited.Text) Edits.apply(
                        text, CATALOGUE, new SetValue("steps[0]", JsonNodeFactory.instance.stringNode("one\ntwo"))))
                .yaml();

        assertThat(after).contains("- \"one\\ntwo\"", "# deeper");
    }

    @Test
    void each_refusal_has_its_code_and_says_what_was_expected() {
        String twice = TEXT + "    - id: c\n      action: core.stop\n";
        JsonNode step = json("{\"id\":\"n\",\"action\":\"core.stop\"}");

        assertThat(refused("a: [", new RemoveStep("a"))).isEqualTo(Code.TEXT_UNREADABLE);
        assertThat(refused(TEXT, new RemoveStep("nobody"))).isEqualTo(Code.UNKNOWN_STEP);
        assertThat(refused(TEXT, new RemoveStep(""))).isEqualTo(Code.UNKNOWN_STEP);
        assertThat(refused(TEXT, new AddStep(new After("nobody"), step))).isEqualTo(Code.UNKNOWN_STEP);
        assertThat(refused(TEXT, new MoveStep("a", new Before("nobody")))).isEqualTo(Code.UNKNOWN_STEP);
        assertThat(refused(twice, new RemoveStep("c"))).isEqualTo(Code.STEP_AMBIGUOUS);
        assertThat(refused(TEXT, new AddStep(new AtEnd(), json("{\"id\":\"a\"}"))))
                .isEqualTo(Code.STEP_ID_TAKEN);
        assertThat(refused(TEXT, new RenameStep("a", "b"))).isEqualTo(Code.STEP_ID_TAKEN);
        assertThat(refused(TEXT, new ReplaceStep("a", json("{\"id\":\"b\"}")))).isEqualTo(Code.STEP_ID_TAKEN);
        assertThat(refused(TEXT, new RenameStep("a", "Finance Head"))).isEqualTo(Code.VALUE_NOT_ALLOWED);
        assertThat(refused(TEXT, new AddStep(new AtEnd(), json("{\"action\":\"x\"}"))))
                .isEqualTo(Code.VALUE_NOT_ALLOWED);
        assertThat(refused(TEXT, new AddStep(new AtEnd(), json("[1]")))).isEqualTo(Code.VALUE_NOT_ALLOWED);
        assertThat(refused(TEXT, new SetValue("name", MissingNode.getInstance())))
                .isEqualTo(Code.VALUE_NOT_ALLOWED);
        assertThat(refused(TEXT, new SetValue("name", JsonNodeFactory.instance.numberNode(Double.NaN))))
                .isEqualTo(Code.VALUE_NOT_ALLOWED);
        assertThat(refused(TEXT, new RemoveValue("steps[0].timeout"))).isEqualTo(Code.PATH_ABSENT);
        assertThat(refused(TEXT, new RemoveValue("steps[9]"))).isEqualTo(Code.PATH_ABSENT);
        assertThat(refused(TEXT, new SetValue("steps[9].config", json("1")))).isEqualTo(Code.PATH_ABSENT);
        assertThat(refused(TEXT, new SetValue("name.x", json("1")))).isEqualTo(Code.PATH_ABSENT);
        assertThat(refused(TEXT, new SetValue("steps[", json("1")))).isEqualTo(Code.PATH_ABSENT);
        assertThat(refused(TEXT, new SetValue("", json("1")))).isEqualTo(Code.PATH_ABSENT);
        assertThat(refused(TEXT, new Edit.Exactly(List.of(new Edit.Replacement(0, "other", "")))))
                .isEqualTo(Code.TEXT_CHANGED);
        assertThat(refused(TEXT, new Edit.Exactly(List.of(new Edit.Replacement(0, "workflow", "[")))))
                .isEqualTo(Code.TEXT_UNREADABLE);
    }

    @Test
    void an_anchor_keeps_a_value_from_being_edited_inside() {
        String text = "workflow:\n  steps:\n    - id: a\n      config: &x {reason: y}\n";

        assertThat(refused(text, new SetValue("steps[0].config.more", json("1"))))
                .isEqualTo(Code.NOT_POSSIBLE);
        assertThat(text(text, new SetValue("steps[0].config.reason", json("1"))))
                .isEqualTo(text.replace("reason: y", "reason: 1"));
    }

    @Test
    void a_value_deeper_than_texts_may_be_is_refused() {
        JsonNode deep = json("[".repeat(60) + "]".repeat(60));

        assertThat(refused(TEXT, new SetValue("x-note", deep))).isEqualTo(Code.NOT_POSSIBLE);
    }

    @Test
    void of_several_edits_all_are_made_or_none() {
        Edited both = Edits.apply(
                TEXT, CATALOGUE, new RenameStep("a", "z"), new SetValue("steps[0].config.role", json("\"CFO\"")));
        Edited none = Edits.apply(TEXT, CATALOGUE, new RenameStep("a", "z"), new RemoveStep("a"));

        assertThat(((Edited.Text) both).yaml()).contains("id: z", "\"CFO\"");
        assertThat(((Edited.Text) both).inverse()).hasSize(2);
        assertThat(none).isInstanceOf(Edited.Refused.class);
    }

    @Test
    void nothing_to_change_changes_nothing() {
        Edited.Text edited = (Edited.Text) Edits.apply(
                TEXT,
                CATALOGUE,
                new SetValue("steps[0].config.role", json("\"Finance Head\"")),
                new RenameStep("a", "a"),
                new MoveStep("c", new AtEnd()));

        assertThat(edited.yaml()).isEqualTo(TEXT);
        assertThat(edited.inverse()).isEmpty();
    }

    private static String text(String text, Edit... edits) {
        Edited edited = Edits.apply(text, CATALOGUE, edits);
        assertThat(edited).isInstanceOf(Edited.Text.class);
        return ((Edited.Text) edited).yaml();
    }

    private static Code refused(String text, Edit edit) {
        Edited edited = Edits.apply(text, CATALOGUE, edit);
        assertThat(edited).isInstanceOf(Edited.Refused.class);
        assertThat(((Edited.Refused) edited).reason()).contains("xpected");
        return ((Edited.Refused) edited).code();
    }

    private static JsonNode json(String json) {
        return JSON.readTree(json);
    }
}
