package dev.millrace.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are checked without being saved, and the schema that editors check them with. */
class ValidationTest {
    private final Api auditor = Api.as(Flow.AUDITOR);

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "42", "[]", "- a\n- b\n", "~", "workflow:\n"})
    void a_text_that_is_no_workflow_is_an_answer_and_no_refusal(String yaml) {
        Answer byText = auditor.postYaml("/workflows/validate", yaml).expect(200);
        Answer byField =
                auditor.post("/workflows/validate", Flow.json(yaml, "")).expect(200);

        assertThat(byText.body().path("valid").asBoolean(true)).isFalse();
        assertThat(byText.body().path("errors")).isNotEmpty();
        assertThat(byField.body()).isEqualTo(byText.body());
    }

    @Test
    void more_than_a_quarter_of_a_megabyte_is_refused_and_just_that_is_read() {
        String yaml = Flow.manual(Flow.newName());
        String filled = yaml + "#".repeat(256 * 1024 - yaml.length());

        assertThat(auditor.postYaml("/workflows/validate", filled)
                        .expect(200)
                        .body()
                        .path("valid")
                        .asBoolean())
                .isTrue();
        auditor.postYaml("/workflows/validate", filled + "#").expectProblem(413, "payload_too_large");
        auditor.post("/workflows/validate", Flow.json(filled + "#", "")).expectProblem(413, "payload_too_large");
    }

    @Test
    void a_problem_says_where_it_begins_and_ends() {
        Answer checked = auditor.postYaml(
                        "/workflows/validate",
                        Flow.manual(Flow.newName()).replace("action: core.set", "action: core.sett"))
                .expect(200);

        assertThat(checked.at("/errors/0/code")).isEqualTo("unknown_action");
        assertThat(checked.body().at("/errors/0/line").asInt()).isEqualTo(6);
        assertThat(checked.body().at("/errors/0/column").asInt()).isEqualTo(15);
        assertThat(checked.body().at("/errors/0/end_line").asInt()).isEqualTo(6);
        assertThat(checked.body().at("/errors/0/end_column").asInt()).isEqualTo(24);
        assertThat(checked.body().at("/errors/0").has("fix")).isTrue();
    }

    @Test
    void the_schema_knows_what_this_company_has() {
        Answer schema = auditor.get("/workflows/schema").expect(200);

        assertThat(schema.at("/$schema")).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.text()).contains("erp.purchase_order.lock", "purchase_order.created", "Finance Head");
        assertThat(auditor.get("/workflows/schema?dialect=draft-2020-12")
                        .expect(200)
                        .body())
                .isEqualTo(schema.body());
        Answer refused = auditor.get("/workflows/schema?dialect=draft-07").expectProblem(422, "not_one_of");
        assertThat(refused.at("/errors/0/path")).isEqualTo("dialect");
    }
}
