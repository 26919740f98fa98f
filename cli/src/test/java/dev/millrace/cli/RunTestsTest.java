package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.CatalogueFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code test}. */
class RunTestsTest {
    private static final String WORKFLOW = """
            workflow:
              name: large-orders
              trigger: { event: purchase_order.created, condition: trigger.amount_base > 500000 }
              steps:
                - id: ask
                  action: erp.approval.request
                  config: { role: Finance Head, entity_type: purchase_order, entity_id: "{{ trigger.id }}", message: large }
            """;
    private static final String TESTS = """
            tests:
              - name: a large order is asked for
                trigger: { event: purchase_order.created, payload: { amount_base: 500001 } }
                expect: { starts: true, path: [ask] }
              - name: a small order is not
                trigger: { event: purchase_order.created, payload: { amount_base: 500000 } }
                expect: { starts: %s }
            """;

    @TempDir
    private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void each_test_is_named_and_all_that_pass_end_well() throws IOException {
        String file = file("a.yaml", WORKFLOW + TESTS.formatted("false"));

        Ran ran = Ran.of("test", file);

        assertThat(ran.out())
                .startsWith(file + "\n  passed  a large order is asked for\n  passed  a small order is not\n")
                .endsWith("2 of 2 tests passed.\n");
        assertThat(ran.status()).isEqualTo(Status.DONE);
    }

    @Test
    void a_test_that_fails_is_shown_at_what_it_expects() throws IOException {
        String file = file("a.yaml", WORKFLOW + TESTS.formatted("true"));

        Ran ran = Ran.of("test", file);

        assertThat(ran.status()).isEqualTo(Status.NOT_SO);
        assertThat(ran.out())
                .contains("  passed  a large order is asked for\n  FAILED  a small order is not\n")
                .contains(file + ":14:23: error[test_failed] ")
                .contains("   14 |     expect: { starts: true }\n")
                .endsWith("1 of 2 tests passed; 1 file not in order.\n");
    }

    @Test
    void json_tells_of_each_test() throws IOException {
        Ran ran = Ran.of("test", "--json", file("a.yaml", WORKFLOW + TESTS.formatted("true")));

        JsonNode file = JsonMapper.shared().readTree(ran.out()).path(0);
        assertThat(file.propertyNames()).containsExactly("file", "passed", "ran", "tests", "errors", "warnings");
        assertThat(file.path("passed").asBoolean()).isFalse();
        assertThat(file.path("ran").asBoolean()).isTrue();
        assertThat(file.at("/tests/0/passed").asBoolean()).isTrue();
        assertThat(file.at("/tests/1/name").asString()).isEqualTo("a small order is not");
        assertThat(file.at("/tests/1/failures/0/code").asString()).isEqualTo("test_failed");
        assertThat(file.path("errors")).hasSize(1);
    }

    @Test
    void tests_of_a_workflow_with_errors_do_not_run() throws IOException {
        String file = file("a.yaml", WORKFLOW.replace("Finance Head", "Finance Haed") + TESTS.formatted("false"));

        Ran ran = Ran.of("test", file);

        assertThat(ran.status()).isEqualTo(Status.NOT_SO);
        assertThat(ran.out())
                .startsWith(file + ": its tests cannot run before this is mended\n")
                .contains("error[unknown_role]")
                .endsWith("0 of 0 tests passed; 1 file not in order.\n");
    }

    @Test
    void a_workflow_without_tests_and_a_file_that_is_not_there_are_told() throws IOException {
        Ran none = Ran.of("test", file("a.yaml", WORKFLOW));
        Ran missing = Ran.of("test", folder + "/none.yaml", file("b.yaml", WORKFLOW + TESTS.formatted("false")));

        assertThat(none.status()).isEqualTo(Status.DONE);
        assertThat(none.out()).contains("  has no tests\n").endsWith("0 of 0 tests passed.\n");
        assertThat(missing.status()).isEqualTo(Status.OUT_OF_REACH);
        assertThat(missing.out())
                .startsWith("error[file_unreadable] " + folder + "/none.yaml: there is no such file.\n")
                .endsWith("2 of 2 tests passed; 1 file not in order.\n");
    }

    @Test
    void the_catalogue_is_the_one_that_is_named() throws IOException {
        String catalogue = file(
                "catalogue.json",
                CatalogueFile.write(CatalogueFile.shipped(Set.of("core"))).toString());

        Ran ran = Ran.of("test", "--catalogue", catalogue, file("a.yaml", WORKFLOW + TESTS.formatted("false")));

        assertThat(ran.status()).isEqualTo(Status.NOT_SO);
        assertThat(ran.out()).contains("error[unknown_event]");
    }
}
