package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.CatalogueFile;
import dev.millrace.language.Checker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code validate} without a server. */
class ValidateTest {
    private static final String VALID = """
            workflow:
              name: tell-someone
              trigger: { event: purchase_order.created }
              steps:
                - { id: stop, action: core.stop, config: { reason: done } }
            """;
    private static final String WRONG_ROLE = """
            workflow:
              name: ask
              trigger: { event: purchase_order.created }
              steps:
                - id: ask
                  action: erp.approval.request
                  config: { role: Finance Haed }
                  on_timeout: { after: 1d, action: erp.approval.escalate, config: { to_role: CFO } }
            """;
    private static final String WARNED = """
            workflow:
              name: mail
              trigger: { event: purchase_order.created }
              steps:
                - id: tell
                  action: erp.notification.send
                  config: { channel: email, to: someone@example.com, subject: x, body: "to {{ trigger.supplier_email }}" }
                  on_error: continue
            """;

    @TempDir
    private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void a_valid_file_is_said_to_be_valid() throws IOException {
        Ran ran = Ran.of("validate", file("a.yaml", VALID));

        assertThat(ran.status()).isEqualTo(Status.DONE);
        assertThat(ran.out()).isEqualTo("The file is valid.\n");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void a_problem_is_shown_with_its_place_its_line_and_how_to_mend_it() throws IOException {
        String file = file("a.yaml", WRONG_ROLE);

        Ran ran = Ran.of("validate", file);

        assertThat(ran.status()).isEqualTo(Status.NOT_SO);
        assertThat(ran.out().lines().toList())
                .startsWith(
                        file
                                + ":7:23: error[unknown_role] Expected a role of this company at steps[0].config.role but got"
                                + " 'Finance Haed'; did you mean 'Finance Head'?",
                        "    7 |       config: { role: Finance Haed }",
                        "      |                       ^^^^^^^^^^^^")
                .endsWith("", "The file is not valid: 1 error, 0 warnings.")
                .anyMatch(line -> line.matches("  = (fix|help): write 'Finance Head'"));
    }

    @Test
    void warnings_are_shown_and_count_as_errors_only_when_asked_for() throws IOException {
        String file = file("a.yaml", WARNED);

        Ran lenient = Ran.of("validate", file);
        Ran strict = Ran.of("validate", "--strict", file);

        assertThat(lenient.status()).isEqualTo(Status.DONE);
        assertThat(lenient.out())
                .contains("warning[possibly_none]")
                .endsWith("The file is valid: 0 errors, 1 warning.\n");
        assertThat(strict.status()).isEqualTo(Status.NOT_SO);
        assertThat(strict.out()).contains("error[possibly_none]").contains("The file is not valid");
    }

    @Test
    void each_of_several_files_is_checked_and_counted() throws IOException {
        Ran ran = Ran.of("validate", file("a.yaml", VALID), file("b.yaml", WRONG_ROLE), file("c.yaml", VALID));

        assertThat(ran.status()).isEqualTo(Status.NOT_SO);
        assertThat(ran.out()).endsWith("2 of 3 files are valid: 1 error, 0 warnings.\n");
    }

    @Test
    void json_gives_of_each_file_what_the_api_answers() throws IOException {
        String valid = file("a.yaml", VALID);
        String wrong = file("b.yaml", WRONG_ROLE);

        Ran ran = Ran.of("validate", "--json", valid, wrong);

        assertThat(ran.status()).isEqualTo(Status.NOT_SO);
        JsonNode list = JsonMapper.shared().readTree(ran.out());
        assertThat(list).hasSize(2);
        assertThat(list.at("/0/file").asString()).isEqualTo(valid);
        assertThat(list.at("/0/valid").asBoolean()).isTrue();
        assertThat(list.at("/0/errors").size() + list.at("/0/warnings").size()).isZero();
        assertThat(list.at("/1/valid").asBoolean()).isFalse();
        JsonNode error = list.at("/1/errors/0");
        assertThat(error.propertyNames())
                .containsExactly(
                        "code", "path", "line", "column", "end_line", "end_column", "message", "suggestion", "fix");
        assertThat(error.path("code").asString()).isEqualTo("unknown_role");
        assertThat(error.path("line").asInt()).isEqualTo(7);
        assertThat(error.path("end_column").asInt()).isEqualTo(35);
        assertThat(error.path("suggestion").asString()).isEqualTo("Finance Head");
    }

    @Test
    void standard_input_is_read_for_a_dash() {
        Ran ran = Ran.with(Map.of(), WRONG_ROLE.getBytes(StandardCharsets.UTF_8), "validate", "-");

        assertThat(ran.status()).isEqualTo(Status.NOT_SO);
        assertThat(ran.out()).startsWith("-:7:23: error[unknown_role]");
    }

    @Test
    void a_catalogue_of_ones_own_says_what_the_company_has() throws IOException {
        String catalogue = file(
                "catalogue.json",
                CatalogueFile.write(CatalogueFile.shipped(Set.of("core"))).toString());
        String file = file("a.yaml", VALID);

        assertThat(Ran.of("validate", file).status()).isEqualTo(Status.DONE);
        Ran ran = Ran.of("validate", "--catalogue", catalogue, file);
        assertThat(ran.status()).isEqualTo(Status.NOT_SO);
        assertThat(ran.out()).contains("error[unknown_event]");
    }

    @Test
    void a_catalogue_that_is_none_is_refused() throws IOException {
        Ran ran = Ran.of("validate", "--catalogue", file("catalogue.json", "{\"actions\": 1}"), file("a.yaml", VALID));

        assertThat(ran.status()).isEqualTo(Status.OUT_OF_REACH);
        assertThat(ran.err()).contains("catalogue.json: it is no catalogue. ");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void what_cannot_be_read_is_told_and_the_others_are_checked_nevertheless() throws IOException {
        String latin = folder.resolve("latin.yaml").toString();
        Files.write(Path.of(latin), new byte[] {'a', (byte) 0xE9, 'b'});

        Ran ran = Ran.of("validate", folder + "/none.yaml", folder.toString(), latin, file("b.yaml", WRONG_ROLE));

        assertThat(ran.status()).isEqualTo(Status.OUT_OF_REACH);
        assertThat(ran.out())
                .contains("error[file_unreadable] " + folder + "/none.yaml: there is no such file.")
                .contains(folder + ": expected a file but it is a folder; write " + folder + "/*.yaml.")
                .contains("latin.yaml: expected text in UTF-8 but some of its bytes are not.")
                .contains("error[unknown_role]")
                .endsWith("0 of 4 files are valid: 4 errors, 0 warnings.\n");
        JsonNode json = JsonMapper.shared()
                .readTree(Ran.of("validate", "--json", folder + "/none.yaml").out());
        assertThat(json.at("/0/errors/0/code").asString()).isEqualTo("file_unreadable");
    }

    @Test
    void a_text_beyond_the_limit_is_one_problem() throws IOException {
        Ran ran = Ran.of("validate", file("a.yaml", "# " + "é".repeat(Checker.MAX_BYTES)));

        assertThat(ran.status()).isEqualTo(Status.NOT_SO);
        assertThat(ran.out()).contains("error[payload_too_large]");
    }

    @Test
    void what_a_file_holds_cannot_steer_the_terminal() throws IOException {
        Ran ran = Ran.of(
                "validate", file("a.yaml", WRONG_ROLE.replace("Finance Haed", "\"Fin\\e[2J\u202Ean\u200Bce\"\t")));

        assertThat(ran.out()).contains("invisible_character").doesNotContain("\u001b", "\u202E", "\u200B", "\t");
    }

    @Test
    void a_long_line_is_cut_around_the_problem() throws IOException {
        String padding = "x".repeat(300);
        Ran ran = Ran.of(
                "validate",
                file(
                        "a.yaml",
                        WRONG_ROLE.replace(
                                "{ role: Finance Haed }",
                                "{ message: " + padding + ", role: Finance Haed, title: " + padding + " }")));

        String shown = ran.out()
                .lines()
                .filter(line -> line.startsWith("    7 | "))
                .findFirst()
                .orElseThrow();
        String marks = ran.out()
                .lines()
                .filter(line -> line.startsWith("      | "))
                .findFirst()
                .orElseThrow();
        assertThat(shown).hasSizeLessThan(180).startsWith("    7 | …").endsWith("…");
        assertThat(shown.substring(marks.indexOf('^'), marks.lastIndexOf('^') + 1))
                .isEqualTo("Finance Haed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            validate                                  | expected the name of a file.
            validate --strict                         | expected the name of a file.
            validate --colour a.yaml                  | there is no option '--colour'.
            validate a.yaml --catalogue               | expected a value after --catalogue.
            validate --server --json a.yaml           | expected a value after --server.
            validate --server http://x --catalogue c a| expected --server or --catalogue but got both
            validate --server localhost:8080 a.yaml   | expected the address of a server, such as http://localhost:8080
            validate --server http://x a.yaml         | set MILLRACE_TOKEN
            validate - -                              | standard input (-) can be read once only.
            validtae a.yaml                           | there is no command 'validtae'.
            """)
    void wrong_usage_is_told_with_the_right_one(String line, String message) {
        Ran ran = Ran.of(line.split(" +", -1));

        assertThat(ran.status()).isEqualTo(Status.WRONG_USAGE);
        assertThat(ran.err()).startsWith("millrace: ").contains(message).contains("Usage: ./millrace validate");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void help_is_no_fault_and_a_file_may_begin_with_a_dash() {
        assertThat(Ran.of("validate", "--help").status()).isEqualTo(Status.DONE);
        assertThat(Ran.of("validate", "--help").out()).startsWith("Usage:");
        assertThat(Ran.of("validate", "--", "-none.yaml").out()).contains("-none.yaml: there is no such file.");
    }
}
