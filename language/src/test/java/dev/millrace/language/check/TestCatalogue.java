package dev.millrace.language.check;

import dev.millrace.language.ActionType;
import dev.millrace.language.ActionType.Kind;
import dev.millrace.language.ActionType.Place;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Effect;
import dev.millrace.language.EntityType;
import dev.millrace.language.EventType;
import dev.millrace.language.Field;
import dev.millrace.language.Policies;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import dev.millrace.language.ValueType.Choice;
import dev.millrace.language.ValueType.ListOf;
import dev.millrace.language.ValueType.MapOf;
import dev.millrace.language.ValueType.Scalar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The catalogue of the specification, for a company with the modules asked for. */
public final class TestCatalogue {
    private static final Pattern RANGE = Pattern.compile("^(\\d+)\\.\\.(\\d+)");
    private static final Pattern EXACTLY_ONE = Pattern.compile("exactly one of ([a-z_]+(?:, [a-z_]+)+)");
    private static final Set<String> ALL_MODULES = Set.of("core", "finance", "procurement", "inventory", "sales");
    private static final Map<String, Integer> ROLES = Map.of(
            "Finance Head", 1,
            "CFO", 1,
            "Sales Head", 1,
            "Accounts", 2,
            "Warehouse Manager", 1,
            "Procurement Manager", 1,
            "Purchasing", 1,
            "Auditor", 0);
    private static final Set<String> MEMBERS = Set.of("asha@acme.example", "0195d3a0-0000-7000-8000-000000000001");

    private TestCatalogue() {}

    public static Catalogue everything() {
        return of(ALL_MODULES);
    }

    public static Catalogue of(Set<String> modules) {
        JsonNode source = source();
        var actions = new HashMap<String, ActionType>();
        var unavailable = new HashMap<String, String>();
        for (JsonNode action : source.path("actions")) {
            String module = action.path("module").asString();
            String name = action.path("name").asString();
            if (modules.contains(module)) {
                actions.put(name, action(action));
            } else {
                unavailable.put(name, module);
            }
        }
        var events = new HashMap<String, EventType>();
        for (JsonNode event : source.path("events")) {
            if (modules.contains(event.path("module").asString())) {
                String name = event.path("name").asString();
                events.put(
                        name,
                        new EventType(name, event.path("module").asString(), "", shape(event.path("payload"), false)));
            }
        }
        var entities = new HashMap<String, EntityType>();
        source.path("entities").properties().stream()
                .filter(e -> modules.contains(e.getValue().asString()))
                .forEach(e -> entities.put(
                        e.getKey(), new EntityType(e.getKey(), e.getValue().asString(), Shape.FREE)));
        return new Catalogue(actions, unavailable, events, ROLES, MEMBERS, entities, Policies.DEFAULT, "INR", ZoneId.of("Asia/Kolkata"));
    }

    private static ActionType action(JsonNode action) {
        Kind kind = Kind.valueOf(action.path("kind").asString().toUpperCase(Locale.ROOT));
        Set<Place> places = action.path("where").asString().equals("on_timeout")
                ? Set.of(Place.ON_TIMEOUT)
                : kind == Kind.WAITING ? Set.of(Place.STEP) : Set.of(Place.values());
        var failures = new HashSet<String>();
        action.path("failures").forEach(f -> failures.add(f.asString()));
        return new ActionType(
                action.path("name").asString(),
                action.path("module").asString(),
                kind,
                places,
                action.path("description").asString(),
                shape(action.path("config"), true),
                shape(action.path("output"), false),
                kind == Kind.LOCAL && action.path("name").asString().startsWith("erp."),
                Effect.NONE,
                failures);
    }

    private static Shape shape(JsonNode source, boolean config) {
        var fields = new ArrayList<Field>();
        var groups = new ArrayList<List<String>>();
        boolean open = false;
        for (JsonNode field : source) {
            if (field.path("name").asString().equals("*")) {
                open = true;
                continue;
            }
            fields.add(field(field, config));
            Matcher group = EXACTLY_ONE.matcher(constraint(field));
            if (config && !field.path("type").asString().startsWith("list<map>") && group.find()) {
                groups.add(List.of(group.group(1).split(", ", -1)));
            }
        }
        return new Shape(fields, groups, open);
    }

    private static Field field(JsonNode source, boolean config) {
        Matcher range = RANGE.matcher(constraint(source));
        boolean bounded = config && range.find();
        ValueType type = type(source, config);
        return new Field(
                source.path("name").asString(),
                type,
                source.path("required").asBoolean(),
                constraint(source),
                bounded ? Optional.of(new BigDecimal(range.group(1))) : Optional.empty(),
                bounded ? Optional.of(new BigDecimal(range.group(2))) : Optional.empty(),
                Optional.empty());
    }

    private static String constraint(JsonNode field) {
        return field.path("constraint").asString("");
    }

    private static ValueType type(JsonNode field, boolean config) {
        String type = field.path("type").asString();
        return switch (type) {
            case "any" -> Scalar.ANY;
            case "string" -> config ? text(field) : Scalar.STRING;
            case "period", "gstin" -> Scalar.STRING;
            case "enum" -> config ? choice(constraint(field)) : Scalar.STRING;
            case "map" -> new MapOf(Scalar.ANY);
            case "list<map>" -> new ListOf(row(field), false);
            case "list<string>" -> new ListOf(Scalar.STRING, true);
            case "list<integer>" -> new ListOf(Scalar.INTEGER, true);
            default -> Scalar.valueOf(type.toUpperCase(Locale.ROOT));
        };
    }

    private static ValueType row(JsonNode field) {
        if (!constraint(field).contains("when: expression")) {
            return new MapOf(Scalar.ANY);
        }
        return Shape.of(
                Field.required("when", Scalar.EXPRESSION, "when the row applies"),
                Field.required("then", new MapOf(Scalar.ANY), "what it gives"));
    }

    private static ValueType text(JsonNode field) {
        String constraint = constraint(field);
        return switch (field.path("name").asString()) {
            case "role", "to_role" -> Scalar.ROLE;
            case "user", "to_user", "requester" -> Scalar.MEMBER;
            case "entity_type", "entity" -> Scalar.ENTITY;
            case "event" -> constraint.contains("known event") ? Scalar.EVENT : Scalar.STRING;
            default -> Scalar.STRING;
        };
    }

    private static ValueType choice(String constraint) {
        List<String> words = List.of(constraint.split("[:(]", -1)[0].strip().split(", ", -1));
        return words.stream().allMatch(w -> w.matches("[A-Za-z0-9_]+")) ? new Choice(words) : Scalar.STRING;
    }

    private static JsonNode source() {
        return JsonMapper.shared().readTree(resource("/catalog.json"));
    }

    public static String template(String name) {
        return resource("/templates/" + name + ".yaml");
    }

    public static String text(String path) {
        return resource(path);
    }

    static String resource(String path) {
        try (InputStream in = Objects.requireNonNull(TestCatalogue.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
