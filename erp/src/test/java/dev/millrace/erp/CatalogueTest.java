package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Transactions;
import dev.millrace.engine.action.Action;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.engine.action.Named;
import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.CatalogueFile;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Holds actions, events and entities against the catalogue that is shipped as a file: templates are checked against that
 * one, and run against these.
 */
class CatalogueTest {
    private final Catalogue shipped = CatalogueFile.shipped();

    @Test
    void the_events_have_the_payloads_of_the_catalogue() {
        assertThat(ErpCatalogue.events()).extracting(EventType::name).doesNotHaveDuplicates();
        for (EventType event : ErpCatalogue.events()) {
            EventType expected = expected(shipped.events().get(event.name()), event.name());
            assertThat(event.module()).isEqualTo(expected.module());
            assertThat(fields(event.payload())).as(event.name()).isEqualTo(fields(expected.payload()));
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
            ActionType expected = expected(shipped.actions().get(name), name);

            assertThat(type.module()).isEqualTo(expected.module());
            assertThat(type.setsState()).as(name).isEqualTo(expected.setsState());
            assertThat(fields(type.config())).as(name).isEqualTo(fields(expected.config()));
            assertThat(fields(type.output())).as(name).isEqualTo(fields(expected.output()));
        }
    }

    @Test
    void the_entities_are_those_of_the_catalogue() {
        assertThat(ErpCatalogue.ENTITIES).extracting(EntityType::name).doesNotHaveDuplicates();
        for (EntityType entity : ErpCatalogue.ENTITIES) {
            EntityType expected = expected(shipped.entities().get(entity.name()), entity.name());
            assertThat(entity.module()).isEqualTo(expected.module());
            assertThat(fields(entity.fields()))
                    .as(entity.name())
                    .containsExactlyInAnyOrderElementsOf(fields(expected.fields()));
        }
    }

    private static <T> T expected(@Nullable T found, String name) {
        return Objects.requireNonNull(found, "the shipped catalogue has no " + name);
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
            case ValueType.Scalar scalar -> name(scalar);
            case ValueType.Choice choice -> new TreeSet<>(choice.values()).toString();
            case ValueType.ListOf list -> "list<" + name(list.item()) + ">";
            case ValueType.MapOf map -> "map";
            case Shape shape -> "map";
        };
    }

    /** Who is meant may be said by a narrower type on either side. */
    private static String name(ValueType.Scalar scalar) {
        return scalar == ValueType.Scalar.ROLE || scalar == ValueType.Scalar.MEMBER
                ? "string"
                : scalar.name().toLowerCase(Locale.ROOT);
    }
}
