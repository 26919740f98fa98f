package dev.millrace.language.catalogue;

import dev.millrace.language.ActionType;
import dev.millrace.language.ActionType.Kind;
import dev.millrace.language.ActionType.Place;
import dev.millrace.language.Catalogue;
import dev.millrace.language.CatalogueFile.Read;
import dev.millrace.language.Effect;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import dev.millrace.language.Policies;
import dev.millrace.language.SubWorkflow;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a catalogue file. */
public final class CatalogueReader {
    /** Numbers keep their digits. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private CatalogueReader() {}

    /** Never throws. */
    public static Read read(String json) {
        try {
            return new Read.Good(of(JSON.readTree(json)));
        } catch (JacksonException e) {
            return new Read.Bad("Expected JSON but it could not be read: " + e.getOriginalMessage() + ".");
        } catch (CatalogueFault fault) {
            return new Read.Bad(fault.words());
        }
    }

    static Catalogue of(JsonNode source) {
        var root = new Entry("", source);
        if (!source.isObject()) {
            throw root.fault("a map with company, modules, roles, members, entities, events and actions");
        }
        return of(source, Set.copyOf(root.key("modules").texts()));
    }

    static Catalogue of(JsonNode source, Set<String> modules) {
        var root = new Entry("", source);
        Map<String, ActionType> actions = byName(root.key("actions"), CatalogueReader::action, ActionType::name);
        Map<String, EventType> events = byName(root.key("events"), CatalogueReader::event, EventType::name);
        Map<String, EntityType> entities = byName(root.key("entities"), CatalogueReader::entity, EntityType::name);
        Entry company = root.key("company");
        return new Catalogue(
                kept(actions, action -> modules.contains(action.module())),
                unavailable(root.key("unavailable_actions"), actions, modules),
                kept(events, event -> modules.contains(event.module())),
                roles(root.key("roles")),
                root.key("members").texts().stream()
                        .map(member -> member.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                kept(entities, entity -> modules.contains(entity.module())),
                Policies.DEFAULT,
                company.key("currency").text(),
                zone(company.key("time_zone")),
                workflows(root.key("workflows")));
    }

    private static Optional<Map<String, SubWorkflow>> workflows(Entry entry) {
        return entry.isGiven()
                ? Optional.of(entry.keys().stream()
                        .collect(Collectors.toMap(name -> name, name -> workflow(entry.key(name)))))
                : Optional.empty();
    }

    private static SubWorkflow workflow(Entry entry) {
        return new SubWorkflow(
                entry.key("enabled").flag(),
                entry.key("manual").flag(),
                Set.copyOf(entry.key("runs").texts()));
    }

    private static <T> Map<String, T> byName(Entry list, Function<Entry, T> read, Function<T, String> name) {
        var named = new LinkedHashMap<String, T>();
        for (Entry entry : list.items()) {
            T value = read.apply(entry);
            if (named.put(name.apply(value), value) != null) {
                throw entry.key("name").fault("each name once");
            }
        }
        return named;
    }

    private static <T> Map<String, T> kept(Map<String, T> all, Predicate<T> isKept) {
        return all.entrySet().stream()
                .filter(entry -> isKept.test(entry.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, String> unavailable(Entry entry, Map<String, ActionType> actions, Set<String> modules) {
        var unavailable = new HashMap<String, String>();
        entry.keys().forEach(name -> unavailable.put(name, entry.key(name).text()));
        actions.values().stream()
                .filter(action -> !modules.contains(action.module()))
                .forEach(action -> unavailable.put(action.name(), action.module()));
        return unavailable;
    }

    private static Map<String, Integer> roles(Entry entry) {
        return entry.keys().stream().collect(Collectors.toMap(role -> role, role -> members(entry.key(role))));
    }

    private static int members(Entry role) {
        return role.number()
                .orElseThrow(() -> role.fault("how many members have the role"))
                .intValue();
    }

    private static ZoneId zone(Entry entry) {
        try {
            return ZoneId.of(entry.text());
        } catch (DateTimeException unknown) {
            throw entry.fault("a time zone such as Asia/Kolkata");
        }
    }

    private static EntityType entity(Entry entry) {
        return new EntityType(
                entry.key("name").text(), entry.key("module").text(), ShapeReader.shape(entry.key("fields")));
    }

    private static EventType event(Entry entry) {
        return new EventType(
                entry.key("name").text(),
                entry.key("module").text(),
                entry.key("description").text(""),
                ShapeReader.shape(entry.key("payload")));
    }

    private static ActionType action(Entry entry) {
        return new ActionType(
                entry.key("name").text(),
                entry.key("module").text(),
                word(entry.key("kind"), Kind.values()),
                entry.key("places").items().stream()
                        .map(place -> word(place, Place.values()))
                        .collect(Collectors.toSet()),
                entry.key("description").text(""),
                ShapeReader.shape(entry.key("config")),
                ShapeReader.shape(entry.key("output")),
                entry.key("sets_state").flag(),
                effect(entry.key("effect")),
                Set.copyOf(entry.key("failures").texts()));
    }

    private static Effect effect(Entry entry) {
        return new Effect(
                entry.key("entity").optionalText(),
                entry.key("id").optionalText(),
                entry.key("amount_of").optionalText(),
                Set.copyOf(entry.key("emits").texts()));
    }

    /** The constant that is written in lower case. */
    static <E extends Enum<E>> E word(Entry entry, E[] all) {
        String word = entry.text();
        return Stream.of(all)
                .filter(each -> lower(each).equals(word))
                .findFirst()
                .orElseThrow(() -> entry.fault(
                        "one of " + Stream.of(all).map(CatalogueReader::lower).collect(Collectors.joining(", "))));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
