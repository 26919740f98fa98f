package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Json;
import dev.millrace.server.Api.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an auditor asks of the journal. */
class AuditTest {
    private final Api auditor = Api.as(Flow.AUDITOR);

    @Test
    void the_chain_holds_also_through_a_head_that_was_kept_elsewhere() {
        Answer heads = auditor.get("/audit-logs/heads").expect(200);

        Answer against = auditor.post("/audit-logs/verify", heads.text()).expect(200);

        assertThat(against.body().path("ok").asBoolean()).isTrue();
        assertThat(against.body().path("first_broken").isNull()).isTrue();
        assertThat(against.body().path("sealed").asLong())
                .isGreaterThanOrEqualTo(heads.body().at("/heads/0/seq").asLong());
        assertThat(heads.at("/heads/0/company")).isEqualTo("acme");
        assertThat(heads.at("/heads/0/hash")).hasSize(64);
        assertThat(heads.text()).doesNotContain("\"d\"");
    }

    @Test
    void a_head_that_the_chain_does_not_go_through_is_told() {
        Answer heads = auditor.get("/audit-logs/heads").expect(200);
        long seq = heads.body().at("/heads/0/seq").asLong();

        Answer anew = auditor.get("/audit-logs/verify?seq=" + seq + "&hash=" + "0".repeat(64))
                .expect(200);
        Answer cut = auditor.get("/audit-logs/verify?seq=999999999&hash=" + heads.at("/heads/0/hash"))
                .expect(200);

        assertThat(anew.body().path("ok").asBoolean()).isFalse();
        assertThat(anew.at("/first_broken/reason")).contains("written anew");
        assertThat(cut.at("/first_broken/reason")).contains("cut off");
    }

    @Test
    void a_file_of_heads_that_was_changed_is_refused() {
        ObjectNode file =
                Json.readObject(auditor.get("/audit-logs/heads").expect(200).text());
        ((ObjectNode) file.at("/heads/0")).put("seq", 1);

        Answer refused = auditor.post("/audit-logs/verify", Json.write(file)).expectProblem(422, "heads_invalid");

        assertThat(refused.at("/detail")).contains("changed after it was signed");
        auditor.post("/audit-logs/verify", "{}").expectProblem(422, "heads_invalid");
        auditor.get("/audit-logs/verify?seq=x").expectProblem(422, "out_of_range");
        auditor.get("/audit-logs/verify?seq=1&hash=x").expectProblem(422, "not_one_of");
    }

    @Test
    void a_head_of_another_company_says_nothing_about_this_one() {
        String theirs = Api.as("auditor@globex.test")
                .get("/audit-logs/heads")
                .expect(200)
                .text();

        auditor.post("/audit-logs/verify", theirs).expectProblem(422, "heads_invalid");
    }

    @Test
    void the_export_has_every_entry_in_order_and_is_itself_journaled() {
        Answer before = auditor.get("/audit-logs/heads").expect(200);

        Answer export = auditor.get("/audit-logs/export").expect(200);

        List<JsonNode> lines = export.text().lines().map(Json::read).toList();
        assertThat(export.header("content-type")).startsWith("application/x-ndjson");
        assertThat(lines)
                .hasSizeGreaterThanOrEqualTo(before.body().at("/heads/0/seq").asInt());
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i).path("seq").asLong()).isEqualTo(i + 1);
        }
        assertThat(lines.getFirst().propertyNames()).contains("at", "type", "actor", "resource_id");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> auditor.get("/audit-logs?resource_type=journal")
                        .at("/items/0/type")
                        .equals("journal.exported"));
    }
}
