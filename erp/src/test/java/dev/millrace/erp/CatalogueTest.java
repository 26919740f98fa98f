package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Json;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.action.Action;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.engine.action.Named;
import dev.millrace.language.ActionType;
import dev.millrace.language.EventType;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Holds actions and events against the specification's catalogue, of which a part lies in the test's resources. */
class CatalogueTest {
    private final JsonNode catalogue = Json.read(read());

    @Test
    void the_events_have_the_payloads_of_the_catalogue() {
        List<EventType> events = ErpCatalogue.events();

        assertThat(events).extracting(EventType::name).containsExactlyElementsOf(names("events"));
        for (EventType event : events) {
            JsonNode expected = entry("events", event.name());
            assertThat(event.module()).isEqualTo(expected.get("module").asString());
            assertThat(fields(event.payload())).as(event.name()).isEqualTo(fields(expected.get("payload")));
        }
    }

    @Test
    void the_actions_have_the_configs_and_outputs_of_the_catalogue() {
        var erp = new Erp(
                new Transactions(Jdbi.create(World.MIGRATED.shared().app())), MailSender.SANDBOX, "http://localhost");
        var registry = new ActionRegistry();
        for (Action action : erp.actions()) {
            registry.register(action);
            String name = Objects.requireNonNull(action.getClass().getAnnotation(Named.class))
                    .value();
            ActionType type = registry.find(name).orElseThrow().type();
            JsonNode expected = entry("actions", name);

            assertThat(type.module()).isEqualTo(expected.get("module").asString());
            assertThat(fields(type.config())).as(name).isEqualTo(fields(expected.get("config")));
            var output = fields(expected.get("output"));
            if (type.setsState()) {
                output.add("changed boolean !");
            }
            assertThat(fields(type.output())).as(name).isEqualTo(output);
        }
    }

    private List<String> names(String kind) {
        var names = new ArrayList<String>();
        catalogue.get(kind).forEach(node -> names.add(node.get("name").asString()));
        return names;
    }

    private JsonNode entry(String kind, String name) {
        for (JsonNode node : catalogue.get(kind)) {
            if (node.get("name").asString().equals(name)) {
                return node;
            }
        }
        throw new AssertionError("the catalogue has no " + name);
    }

    private static List<String> fields(JsonNode declared) {
        var fields = new ArrayList<String>();
        declared.forEach(field -> fields.add(field.get("name").asString() + " "
                + field.get("type").asString() + (field.get("required").asBoolean() ? " !" : "")));
        return fields;
    }

    private static List<String> fields(Shape shape) {
        var fields = new ArrayList<String>();
        for (Field field : shape.fields()) {
            fields.add(field.name() + " " + name(field.type()) + (field.required() ? " !" : ""));
        }
        return fields;
    }

    private static String name(ValueType type) {
        return switch (type) {
            // The catalogue calls a role by the type of its name.
            case ValueType.Scalar scalar ->
                scalar == ValueType.Scalar.ROLE ? "string" : scalar.name().toLowerCase(Locale.ROOT);
            case ValueType.Choice choice -> "enum";
            case ValueType.ListOf list -> "list<" + name(list.item()) + ">";
            case ValueType.MapOf map -> "map";
            case Shape shape -> "map";
        };
    }

    private static String read() {
        try (InputStream in = Objects.requireNonNull(CatalogueTest.class.getResourceAsStream("/catalogue.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
