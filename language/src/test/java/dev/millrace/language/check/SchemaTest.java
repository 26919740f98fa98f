package dev.millrace.language.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Checker;
import dev.millrace.language.DefinitionSchemas;
import dev.millrace.language.Policies;
import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Severity;
import dev.millrace.language.yaml.YamlText;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The published schemas and the validator say the same, as far as a schema can see. */
class SchemaTest {
    private static final Catalogue CATALOGUE = TestCatalogue.everything();
    private static final Schema GENERAL = schema(DefinitionSchemas.general());
    private static final Schema TENANT = schema(DefinitionSchemas.of(CATALOGUE));
    private static final String HEAD = """
            workflow:
              name: test-flow
              trigger:
                event: purchase_order.created
              steps:
            """;

    record Text(String name, String yaml) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("valid")
    void what_the_validator_accepts_fits_both_schemas(Text text) {
        JsonNode document = Checker.document(text.yaml()).orElseThrow();

        assertThat(errors(text.yaml())).isEmpty();
        assertThat(GENERAL.validate(document)).isEmpty();
        assertThat(TENANT.validate(document)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.language.check.InvalidDocumentsTest#rows")
    void what_a_schema_can_see_of_an_invalid_document_the_schema_of_the_company_refuses(InvalidDocuments.Row row) {
        agree(row.yaml());
    }

    @Property(tries = 1500)
    void schema_and_validator_agree_on_texts_with_something_changed(@ForAll("mutants") String yaml) {
        Statistics.label("what a schema sees").collect(agree(yaml)).coverage(coverage -> {
            coverage.check(Sight.NOTHING_WRONG).percentage(p -> p > 2);
            coverage.check(Sight.SEEN).percentage(p -> p > 30);
            coverage.check(Sight.UNSEEN).percentage(p -> p > 2);
        });
    }

    /** What there is to see in a text. */
    private enum Sight {
        NOTHING_WRONG,
        SEEN,
        UNSEEN
    }

    /** The three promises, of any text. */
    private static Sight agree(String yaml) {
        if (!(YamlText.read(yaml) instanceof YamlText.Read.Tree read)) {
            return Sight.UNSEEN;
        }
        JsonNode document = read.tree().document();
        List<Problem> errors = errors(yaml);
        List<Error> general = GENERAL.validate(document);
        List<Error> tenant = TENANT.validate(document);
        if (errors.isEmpty()) {
            assertThat(general).as(yaml).isEmpty();
            assertThat(tenant).as(yaml).isEmpty();
        }
        if (!general.isEmpty()) {
            assertThat(errors).as(yaml).isNotEmpty();
        }
        List<Problem> visible = errors.stream()
                .filter(problem -> SchemaSight.sees(problem, read.tree()))
                .toList();
        if (!visible.isEmpty()) {
            assertThat(tenant).as(visible + "\n" + yaml).isNotEmpty();
        }
        return errors.isEmpty() ? Sight.NOTHING_WRONG : visible.isEmpty() ? Sight.UNSEEN : Sight.SEEN;
    }

    @Provide
    Arbitrary<String> mutants() {
        List<JsonNode> documents =
                valid().map(text -> Checker.document(text.yaml()).orElseThrow()).toList();
        return Arbitraries.randomValue(random -> new Mutation(random, CATALOGUE, documents).text());
    }

    @Test
    void the_schemas_are_schemas() {
        Schema meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(DefinitionSchemas.general())).isEmpty();
        assertThat(meta.validate(DefinitionSchemas.of(CATALOGUE))).isEmpty();
        assertThat(meta.validate(DefinitionSchemas.of(nothing()))).isEmpty();
    }

    @Test
    void every_reference_leads_somewhere() {
        ObjectNode schema = DefinitionSchemas.of(CATALOGUE);

        List<String> references = schema.findValuesAsString("$ref");

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                schema.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void every_key_of_the_language_is_described_for_people(boolean tenant) {
        ObjectNode schema = tenant ? DefinitionSchemas.of(CATALOGUE) : DefinitionSchemas.general();
        var undescribed = new ArrayList<String>();

        Stream.concat(Stream.of(Map.entry("", (JsonNode) schema)), schema.path("$defs").properties().stream())
                .forEach(def -> def.getValue().path("properties").properties().stream()
                        .filter(field -> field.getValue()
                                        .path("description")
                                        .asString("")
                                        .length()
                                < 7)
                        .forEach(field -> undescribed.add(def.getKey() + "." + field.getKey())));

        assertThat(undescribed).isEmpty();
    }

    @Test
    void the_schema_of_a_company_is_the_same_byte_for_byte_and_small() {
        String first = DefinitionSchemas.of(CATALOGUE).toString();

        assertThat(DefinitionSchemas.of(TestCatalogue.everything()).toString()).isEqualTo(first);
        assertThat(first.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(100_000);
        assertThat(DefinitionSchemas.general().toString().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(20_000);
    }

    /** The catalogue keeps its names in maps without an order of their own. */
    @ParameterizedTest
    @ValueSource(
            strings = {"step_action", "handler_action", "deadline_action", "event_name", "a_role/else", "a_entity/else"
            })
    void names_of_the_catalogue_are_sorted(String def) {
        List<String> names = DefinitionSchemas.of(CATALOGUE)
                .at("/$defs/" + def + "/enum")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();

        assertThat(names).isNotEmpty().containsExactlyElementsOf(new TreeSet<>(names));
    }

    @Test
    void each_call_makes_a_tree_of_its_own() {
        DefinitionSchemas.general().removeAll();
        DefinitionSchemas.of(CATALOGUE).removeAll();

        assertThat(DefinitionSchemas.general().has("$defs")).isTrue();
        assertThat(DefinitionSchemas.of(CATALOGUE).has("$defs")).isTrue();
    }

    @Test
    void a_company_with_very_many_members_gets_no_list_of_them() {
        Set<String> members =
                IntStream.range(0, 501).mapToObj(i -> "m" + i + "@acme.example").collect(Collectors.toSet());
        Catalogue many = new Catalogue(
                CATALOGUE.actions(),
                CATALOGUE.unavailableActions(),
                CATALOGUE.events(),
                CATALOGUE.roles(),
                members,
                CATALOGUE.entities(),
                CATALOGUE.policies(),
                CATALOGUE.currency(),
                CATALOGUE.zone());

        assertThat(DefinitionSchemas.of(many).toString()).doesNotContain("m1@acme.example");
        assertThat(DefinitionSchemas.of(CATALOGUE).toString()).contains("asha@acme.example");
    }

    @Test
    void an_action_of_a_module_that_the_company_lacks_is_no_choice() {
        Catalogue core = TestCatalogue.of(Set.of("core"));
        JsonNode document = Checker.document(HEAD + "    - { id: a, action: erp.purchase_order.lock }\n")
                .orElseThrow();

        assertThat(schema(DefinitionSchemas.of(core)).validate(document))
                .anyMatch(e -> e.getInstanceLocation().toString().endsWith("/action"));
    }

    @Test
    void people_read_what_an_action_does_and_what_a_field_takes() {
        ObjectNode schema = DefinitionSchemas.of(CATALOGUE);

        assertThat(schema.at("/$defs/action_config/allOf").toString())
                .contains("Asks a role or a person to approve")
                .contains("Waits; on_timeout says what happens when nothing comes.");
        assertThat(schema.at("/$defs/config.erp.approval.request/properties/min_approvals/description")
                        .asString())
                .contains("A whole number, 1 to 10");
    }

    private static Catalogue nothing() {
        return new Catalogue(
                Map.of(), Map.of(), Map.of(), Map.of(), Set.of(), Map.of(), Policies.DEFAULT, "INR", ZoneOffset.UTC);
    }

    /** What this version does not do yet is valid for the schema. */
    private static List<Problem> errors(String yaml) {
        return Checker.check(yaml, CATALOGUE).problems().stream()
                .filter(p -> p.severity() == Severity.ERROR)
                .toList();
    }

    static Stream<Text> valid() {
        Stream<Text> written = Stream.of(
                        TestCatalogue.resource("/valid-documents.txt").split("(?m)^### ", -1))
                .skip(1)
                .map(SchemaTest::text);
        return Stream.concat(
                written, TestCatalogue.TEMPLATES.stream().map(n -> new Text(n, TestCatalogue.template(n))));
    }

    private static Text text(String section) {
        int end = section.indexOf('\n');
        String yaml = section.substring(end + 1);
        return new Text(section.substring(0, end), (yaml.startsWith("    - ") ? HEAD : "") + yaml);
    }

    private static Schema schema(ObjectNode source) {
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        registry -> registry.schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .losslessNarrowing(true)
                                .build()))
                .getSchema(source);
    }
}
