package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.Api.Answer;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    @Test
    void the_api_is_described_with_the_names_that_it_uses() {
        Answer document = Api.anonymous().get("/v3/api-docs").expect(200);

        assertThat(document.at("/openapi")).startsWith("3.1");
        assertThat(document.text())
                .contains("\"total_amount\"", "\"trace_id\"", "\"next_cursor\"", "\"supplier_code\"", "\"bearer\"")
                .contains("\"Approvals\"", "\"Purchase orders\"", "\"Audit trail\"")
                .doesNotContain("\"totalAmount\"", "\"traceId\"", "\"nextCursor\"", "-endpoint\"");
        assertThat(document.body()
                        .at("/paths/~1api~1v1~1purchase-orders/post/requestBody/content/application~1json/schema")
                        .isMissingNode())
                .isFalse();
        assertThat(document.body()
                        .at("/paths/~1api~1v1~1purchase-orders/get/responses/4XX")
                        .isMissingNode())
                .isFalse();
    }

    @Test
    void it_can_be_read_by_people_without_signing_in() {
        Answer redirect = Api.anonymous().get("/docs");

        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.header("location")).contains("/swagger-ui/index.html");
    }

    @Test
    void health_is_public_and_metrics_are_the_administrators() {
        assertThat(Api.anonymous().get("/actuator/health/liveness").expect(200).at("/status"))
                .isEqualTo("UP");
        assertThat(Api.anonymous().get("/actuator/health/readiness").expect(200).at("/status"))
                .isEqualTo("UP");
        Api.anonymous().get("/actuator/prometheus").expectProblem(401, "unauthenticated");
        Api.as(Flow.AUDITOR).get("/actuator/prometheus").expectProblem(403, "forbidden");
        assertThat(Api.as(Flow.ADMIN).get("/actuator/prometheus").expect(200).text())
                .contains("jvm_memory");
    }

    @Test
    void answers_carry_the_headers_that_keep_browsers_safe() {
        Answer answer = Api.anonymous().get("/me");

        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("x-frame-options")).isEqualTo("DENY");
        assertThat(answer.header("content-security-policy")).contains("frame-ancestors 'none'");
        assertThat(answer.header("cache-control")).contains("no-store");
    }
}
