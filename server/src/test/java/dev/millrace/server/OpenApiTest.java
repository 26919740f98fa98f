package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The committed description of the API is what the server serves, and says all that a client needs. */
class OpenApiTest {
    /** {@code mvn test -pl server -am -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dopenapi.write=true}. */
    private static final String WRITE = "openapi.write";

    private static final Path CONTRACT = Path.of("../docs/openapi.json");

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private static final JsonNode SERVED =
            Api.anonymous().get("/v3/api-docs").expect(200).body();

    @Test
    void the_contract_in_docs_is_what_the_server_serves() throws IOException {
        String served = pretty(sorted(SERVED));
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(CONTRACT, served);
        }

        assertThat(Files.readString(CONTRACT))
                .as(
                        "docs/openapi.json is not what the server serves. If the change is meant, write it anew: mvn test -pl"
                                + " server -am -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE
                                + "=true")
                .isEqualTo(served);
    }

    @Test
    void every_operation_says_what_it_does_what_it_answers_and_how_it_fails() {
        var silent = new TreeSet<String>();
        for (Named operation : operations()) {
            JsonNode it = operation.node();
            if (it.path("summary").asString("").isBlank() || it.path("tags").isEmpty()) {
                silent.add(operation.name() + ": no summary");
            }
            boolean isPublic = it.path("security").isEmpty();
            if (!isPublic && !it.path("responses").has("4XX")) {
                silent.add(operation.name() + ": no problems");
            }
            it.path("responses").properties().stream()
                    .filter(answer -> answer.getKey().startsWith("2"))
                    .filter(answer -> !isTyped(answer.getKey(), answer.getValue()))
                    .forEach(answer -> silent.add(operation.name() + ": answer " + answer.getKey() + " has no type"));
        }

        assertThat(silent).isEmpty();
    }

    /** An answer without content says so, and not what is said where nobody says anything. */
    private static boolean isTyped(String status, JsonNode answer) {
        boolean nothing = answer.path("content").isEmpty()
                && (status.equals("204")
                        || !answer.path("description").asString("").equals("OK"));
        return nothing
                || answer.path("content").properties().stream()
                        .anyMatch(type -> !type.getValue().path("schema").isEmpty());
    }

    @Test
    void every_operation_has_a_name_of_its_own() {
        List<String> names = operations().stream()
                .map(operation -> operation.node().path("operationId").asString(""))
                .toList();

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z][a-z0-9_]+"));
    }

    @Test
    void amounts_are_texts_and_what_may_be_null_says_so() {
        JsonNode schemas = SERVED.at("/components/schemas");

        assertThat(schemas.at("/Payment/properties/amount/type").asString("")).isEqualTo("string");
        assertThat(schemas.at("/Payment/properties/reference/type").toString()).contains("string", "null");
        assertThat(schemas.at("/Payment/required").toString()).contains("\"reference\"");
        assertThat(schemas.at("/PaymentForm/required").toString())
                .contains("\"party_id\"")
                .doesNotContain("\"reference\"");
        assertThat(schemas.has("Line") || schemas.has("LineForm")).isFalse();
    }

    private record Named(String name, JsonNode node) {}

    private static List<Named> operations() {
        var operations = new ArrayList<Named>();
        SERVED.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> operations.add(
                                new Named(operation.getKey() + " " + path.getKey(), operation.getValue()))));
        assertThat(operations).hasSizeGreaterThan(100);
        return operations;
    }

    /** Keys in their order, so that a difference of two versions shows what changed and nothing else. */
    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode result = Json.object();
            object.propertyNames().stream().sorted().forEach(name -> result.set(name, sorted(object.path(name))));
            return result;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode result = Json.object().putArray("list");
            array.forEach(item -> result.add(sorted(item)));
            return result;
        }
        return node;
    }

    private static String pretty(JsonNode node) {
        return Json.mapper()
                        .writer()
                        .with(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(node)
                        .replace("\r\n", "\n")
                + "\n";
    }
}
