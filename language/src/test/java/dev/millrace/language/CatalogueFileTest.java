package dev.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.CatalogueFile.Read;
import dev.millrace.language.ValueType.Scalar;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueFileTest {
    private static final String SMALL = """
            {
              "company": {"currency": "INR", "time_zone": "Asia/Kolkata"},
              "modules": ["core"],
              "roles": {"Finance Head": 2},
              "members": ["Asha@acme.example"],
              "entities": [{"name": "note", "module": "core", "fields": {"fields": [{"name": "id", "type": "uuid"}]}}],
              "events": [{"name": "note.made", "module": "core", "payload": {}}],
              "actions": [
                {"name": "core.note", "module": "core", "kind": "local", "places": ["step"],
                 "config": {"fields": [{"name": "text", "type": "string", "required": true, "max": 9}]}},
                {"name": "erp.pay", "module": "finance", "kind": "external", "places": ["step"]}
              ]
            }
            """;

    @Test
    void what_is_written_is_read_again() {
        Catalogue shipped = CatalogueFile.shipped(Set.of("core", "procurement"));

        Read again = CatalogueFile.read(CatalogueFile.write(shipped).toString());

        assertThat(again).isEqualTo(new Read.Good(shipped));
    }

    @Test
    void the_definitions_that_a_company_has_are_written_and_read_again() {
        Catalogue company = CatalogueFile.shipped(Set.of("core"))
                .with(Map.of(
                        "pay-out", new SubWorkflow(true, true, Set.of("tell", "pay-in")),
                        "tell", new SubWorkflow(false, false, Set.of())));

        Read again = CatalogueFile.read(CatalogueFile.write(company).toString());

        assertThat(again).isEqualTo(new Read.Good(company));
        assertThat(CatalogueFile.write(company).at("/workflows/pay-out").toString())
                .isEqualTo("{\"enabled\":true,\"manual\":true,\"runs\":[\"pay-in\",\"tell\"]}");
    }

    @Test
    void a_company_without_a_module_lacks_what_belongs_to_it() {
        Catalogue without = CatalogueFile.shipped(Set.of("core", "procurement"));

        assertThat(without.actions()).containsKey("erp.purchase_order.lock").doesNotContainKey("erp.period.close");
        assertThat(without.unavailableActions()).containsEntry("erp.period.close", "finance");
        assertThat(without.events()).doesNotContainKey("period.ended");
        assertThat(without.entities()).doesNotContainKey("journal");
    }

    @Test
    void every_action_that_sets_the_state_of_a_document_names_it_by_a_field_of_its_config() {
        Catalogue shipped = CatalogueFile.shipped();

        assertThat(shipped.actions().values()).allSatisfy(action -> {
            Effect effect = action.effect();
            assertThat(effect.entity().map(shipped.entities()::containsKey)).isNotEqualTo(Optional.of(false));
            assertThat(effect.id().map(id -> action.config().field(id).isPresent()))
                    .isNotEqualTo(Optional.of(false));
            assertThat(effect.emits()).allMatch(shipped.events()::containsKey);
        });
    }

    @Test
    void a_small_file_is_read() {
        assertThat(CatalogueFile.read(SMALL)).isInstanceOfSatisfying(Read.Good.class, good -> {
            Catalogue catalogue = good.catalogue();
            assertThat(catalogue.members()).containsExactly("asha@acme.example");
            assertThat(catalogue.roles()).containsEntry("Finance Head", 2);
            assertThat(catalogue.unavailableActions()).containsExactly(Map.entry("erp.pay", "finance"));
            assertThat(catalogue.actions())
                    .hasEntrySatisfying(
                            "core.note",
                            type -> assertThat(type.config().fields())
                                    .extracting(Field::type)
                                    .containsExactly(Scalar.STRING));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "INR"          | 7             | company.currency but got 7
                    Asia/Kolkata   | Asia/Nowhere  | a time zone such as Asia/Kolkata at company.time_zone
                    "core"],       | "core", 1],   | a text at modules[1] but got 1
                    "local"        | "lokal"       | one of local, external, waiting at actions[0].kind but got "lokal"
                    ["step"],      | ["stop"],     | one of step, on_error, on_timeout at actions[0].places[0]
                    "string"       | "text"        | at actions[0].config.fields[0].type but got "text"
                    2}             | "two"}        | a number at roles.Finance Head but got "two"
                    erp.pay        | core.note     | each name once at actions[1].name
                    "required": true | "required": 1 | true or false at actions[0].config.fields[0].required
                    """)
    void what_is_wrong_is_told_with_its_place(String written, String instead, String told) {
        Read read = CatalogueFile.read(SMALL.replace(written, instead));

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Bad.class,
                        bad -> assertThat(bad.message()).startsWith("Expected ").contains(told));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"a": | Expected JSON but it could not be read
                    []    | Expected a map with company, modules
                    7     | Expected a map with company, modules
                    """)
    void what_is_no_catalogue_at_all_is_refused(String json, String told) {
        assertThat(CatalogueFile.read(json))
                .isInstanceOfSatisfying(
                        Read.Bad.class, bad -> assertThat(bad.message()).startsWith(told));
    }
}
