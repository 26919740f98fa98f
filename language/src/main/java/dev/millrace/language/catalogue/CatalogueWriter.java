package dev.millrace.language.catalogue;

import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Effect;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import dev.millrace.language.SubWorkflow;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a catalogue file, in the order of names. */
public final class CatalogueWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private CatalogueWriter() {}

    public static ObjectNode write(Catalogue catalogue) {
        ObjectNode root = NODES.objectNode();
        root.putObject("company")
                .put("currency", catalogue.currency())
                .put("time_zone", catalogue.zone().getId());
        root.set("modules", texts(modules(catalogue)));
        ObjectNode roles = root.putObject("roles");
        new TreeMap<>(catalogue.roles()).forEach(roles::put);
        root.set("members", texts(new TreeSet<>(catalogue.members())));
        catalogue.workflows().ifPresent(workflows -> workflows(root.putObject("workflows"), workflows));
        ArrayNode entities = root.putArray("entities");
        sorted(catalogue.entities().values(), Comparator.comparing(EntityType::name))
                .forEach(entity -> entities.add(entity(entity)));
        ArrayNode events = root.putArray("events");
        sorted(catalogue.events().values(), Comparator.comparing(EventType::name))
                .forEach(event -> events.add(event(event)));
        ArrayNode actions = root.putArray("actions");
        sorted(catalogue.actions().values(), Comparator.comparing(ActionType::name))
                .forEach(action -> actions.add(action(action)));
        ObjectNode unavailable = root.putObject("unavailable_actions");
        new TreeMap<>(catalogue.unavailableActions()).forEach(unavailable::put);
        return root;
    }

    private static void workflows(ObjectNode node, Map<String, SubWorkflow> workflows) {
        new TreeMap<>(workflows).forEach((name, workflow) -> node.putObject(name)
                .put("enabled", workflow.enabled())
                .put("manual", workflow.manual())
                .set("runs", texts(new TreeSet<>(workflow.runs()))));
    }

    private static <T> Stream<T> sorted(Collection<T> all, Comparator<T> order) {
        return all.stream().sorted(order);
    }

    private static Collection<String> modules(Catalogue catalogue) {
        var modules = new TreeSet<String>();
        catalogue.actions().values().forEach(action -> modules.add(action.module()));
        catalogue.events().values().forEach(event -> modules.add(event.module()));
        catalogue.entities().values().forEach(entity -> modules.add(entity.module()));
        return modules;
    }

    static ArrayNode texts(Collection<String> texts) {
        ArrayNode list = NODES.arrayNode();
        texts.forEach(list::add);
        return list;
    }

    private static ObjectNode entity(EntityType entity) {
        ObjectNode node = NODES.objectNode().put("name", entity.name()).put("module", entity.module());
        node.set("fields", ShapeWriter.shape(entity.fields()));
        return node;
    }

    private static ObjectNode event(EventType event) {
        ObjectNode node = NODES.objectNode()
                .put("name", event.name())
                .put("module", event.module())
                .put("description", event.description());
        node.set("payload", ShapeWriter.shape(event.payload()));
        return node;
    }

    private static ObjectNode action(ActionType action) {
        ObjectNode node = NODES.objectNode()
                .put("name", action.name())
                .put("module", action.module())
                .put("kind", ShapeWriter.word(action.kind()));
        node.set(
                "places",
                texts(action.places().stream().sorted().map(ShapeWriter::word).toList()));
        node.put("description", action.description());
        node.set("config", ShapeWriter.shape(action.config()));
        node.set("output", ShapeWriter.shape(action.output()));
        node.put("sets_state", action.setsState());
        node.set("effect", effect(action.effect()));
        node.set("failures", texts(new TreeSet<>(action.failures())));
        return node;
    }

    private static ObjectNode effect(Effect effect) {
        ObjectNode node = NODES.objectNode();
        effect.entity().ifPresent(entity -> node.put("entity", entity));
        effect.id().ifPresent(id -> node.put("id", id));
        effect.amountOf().ifPresent(amount -> node.put("amount_of", amount));
        node.set("emits", texts(new TreeSet<>(effect.emits())));
        return node;
    }
}
