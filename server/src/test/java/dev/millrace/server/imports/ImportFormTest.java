package dev.millrace.server.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.server.Api;
import dev.millrace.server.Api.Answer;
import dev.millrace.server.Flow;
import dev.millrace.server.Trade;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files sent as forms, as browsers do. */
class ImportFormTest {
    private static final String HEADER = "supplier_code,name,city\n";
    private static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

    private static String part(String disposition, String type, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n"
                + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n") + "\r\n" + content + "\r\n";
    }

    private static String file(String content) {
        return part("name=\"file\"; filename=\"ours.csv\"", "text/csv", content);
    }

    private static Answer send(String query, String parts, String... headers) {
        return sendRaw(query, "multipart/form-data; boundary=" + BOUNDARY, parts + "--" + BOUNDARY + "--\r\n", headers);
    }

    private static Answer sendRaw(String query, String type, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Content-Type";
        all[1] = type;
        return Trade.ADMIN.upload("/imports/suppliers" + query, body, all);
    }

    private static Answer awaitOver(Answer started) {
        String path = started.expect(202).header("location").replace("/api/v1", "");
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> Trade.ADMIN.get(path),
                        answer -> !answer.at("/finished_at").isEmpty());
    }

    @Test
    void a_form_with_a_file_does_what_the_file_alone_does() {
        String code = Flow.newName();
        String rows = HEADER + code + ",Nadi,Pune\n";

        Answer over = awaitOver(send("", file(rows)));
        Answer again = awaitOver(Trade.ADMIN.upload("/imports/suppliers", rows, "Content-Type", "text/csv"));

        assertThat(over.at("/file_name")).isEqualTo("ours.csv");
        assertThat(over.at("/created")).isEqualTo("1");
        assertThat(again.at("/unchanged")).isEqualTo("1");
        assertThat(again.at("/rows_total")).isEqualTo("1");
    }

    @Test
    void senders_write_forms_in_many_ways() {
        assertThat(awaitOver(sendRaw(
                                "?dry_run",
                                "multipart/form-data; charset=utf-8; boundary=\"a b\"",
                                "preamble\r\n--a b\r\ncontent-type: application/vnd.ms-excel\r\n"
                                        + "CONTENT-DISPOSITION: form-data; name=file; filename=\"C:\\\\Users\\\\x\\\\ours.csv\"\r\n\r\n"
                                        + HEADER + "--a b is no boundary here,Nadi,\r\n--a b--epilogue"))
                        .at("/rows_total"))
                .isEqualTo("1");
        Answer plain = awaitOver(send("?dry_run&file_name=mine.csv", part("name=\"file\"", "", HEADER + "X1,Nadi,\n")));
        assertThat(plain.at("/file_name")).isEqualTo("mine.csv");
        assertThat(plain.at("/created")).isEqualTo("1");
        Answer folder = awaitOver(
                send("?dry_run", part("name=\"file\"; filename=\"a/b/ours.csv\"", "application/octet-stream", HEADER)));
        assertThat(folder.at("/file_name")).isEqualTo("ours.csv");
    }

    @Test
    void a_form_has_one_part_and_that_is_the_file() {
        Answer none = send("", "").expectProblem(422, "required");
        assertThat(none.at("/errors/0/path")).isEqualTo("file");
        Answer other = send("", part("name=\"suppliers\"; filename=\"x.csv\"", "text/csv", HEADER))
                .expectProblem(422, "required");
        assertThat(other.at("/detail")).contains("the form begins with the part 'suppliers'");
        send("", file(HEADER) + file(HEADER)).expectProblem(422, "unknown_field");
        send("", file(HEADER) + part("name=\"mode\"", "", "skip")).expectProblem(422, "unknown_field");
        send("", file("")).expectProblem(422, "empty_file");
        send("", file("name\n")).expectProblem(422, "column_missing");
    }

    @Test
    void a_file_of_another_type_is_refused() {
        Answer refused = send("", part("name=\"file\"; filename=\"x.pdf\"", "application/pdf", "%PDF"))
                .expectProblem(415, "unsupported_media_type");
        assertThat(refused.at("/detail")).contains("text/csv", "application/pdf");
        sendRaw("", "multipart/mixed; boundary=" + BOUNDARY, file(HEADER)).expectProblem(415, "unsupported_media_type");
        Trade.ACCOUNTS
                .upload(
                        "/gst/2b/imports",
                        file("{}") + "--" + BOUNDARY + "--",
                        "Content-Type",
                        "multipart/form-data; boundary=" + BOUNDARY)
                .expectProblem(415, "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--x\r\n",
                "--x\r\nContent-Disposition: form-data; name=file\r\n",
                "--x\r\nContent-Disposition: form-data; name=file\r\n\r\nabc",
                "--x\r\nContent-Disposition: form-data; name=file\r\n\r\nabc\r\n--",
                "--x\r\n\r\nabc\r\n--x--",
                "--x\r\nContent-Disposition: form-data; name=file\r\nContent-Type: nothing\r\n\r\nabc\r\n--x--"
            })
    void what_is_broken_off_or_written_wrongly_is_refused(String body) {
        sendRaw("", "multipart/form-data; boundary=x", body).expectProblem(400, "malformed_form");
        sendRaw("", "multipart/form-data", body).expectProblem(400, "malformed_form");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--x",
                "--x--",
                "--x\r\nContent-Type: text/csv\r\n\r\nabc\r\n--x--",
                "--xContent-Disposition: form-data; name=file\r\n\r\nabc\r\n--x--",
                "supplier_code,name\n"
            })
    void what_has_no_part_with_a_name_has_no_file(String body) {
        sendRaw("", "multipart/form-data; boundary=x", body).expectProblem(422, "required");
    }

    @Test
    void a_file_is_as_long_in_a_form_as_alone_and_not_longer() {
        String longest = HEADER + "X,".repeat(5) + "x".repeat(10 * 1024 * 1024 - HEADER.length() - 10);

        // As long as it may be; what is wrong with its only row is told later.
        send("", file(longest), "Idempotency-Key", Flow.newName()).expect(202);
        send("", file(longest + "x")).expectProblem(413, "payload_too_large");
        send("", file(longest + "x".repeat(100_000))).expectProblem(413, "payload_too_large");
    }

    @Test
    void a_form_with_a_key_is_taken_once_and_strangers_learn_nothing_of_its_faults() {
        String key = Flow.newName();
        Answer first = send("?dry_run", file(HEADER), "Idempotency-Key", key).expect(202);
        Answer again = send("?dry_run", file(HEADER), "Idempotency-Key", key).expect(202);

        assertThat(again.at("/id")).isEqualTo(first.at("/id"));
        Api.as(Flow.AUDITOR)
                .upload("/imports/suppliers", "--x", "Content-Type", "multipart/form-data; boundary=x")
                .expectProblem(403, "forbidden");
        Trade.ADMIN
                .upload("/imports/everything", "--x", "Content-Type", "multipart/form-data; boundary=x")
                .expectProblem(404, "not_found");
    }
}
