package dev.millrace.language.check;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.schema.DefinitionSchema;
import dev.millrace.language.yaml.Invisible;
import dev.millrace.language.yaml.YamlPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lets the JSON Schema decide, and says what it found in our codes, places and words. */
final class Structure {
    private static final ObjectNode SOURCE = DefinitionSchema.root();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    registry -> registry.schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .losslessNarrowing(true)
                            .build()))
            .getSchema(SOURCE.deepCopy());

    private final JsonNode document;
    private final Findings findings;

    private Structure(JsonNode document, Findings findings) {
        this.document = document;
        this.findings = findings;
    }

    static void check(JsonNode document, Findings findings) {
        var structure = new Structure(document, findings);
        SCHEMA.validate(document).forEach(structure::report);
    }

    private void report(Error error) {
        String path = path(error.getInstanceLocation());
        String location = location(error);
        if (location.contains("/oneOf/")) {
            return; // its own branches: the oneOf itself is reported
        }
        switch (Objects.requireNonNullElse(error.getKeyword(), "")) {
            case "required" -> missing(YamlPath.key(path, property(error)));
            case "additionalProperties" -> unknownKey(path, property(error), location);
            case "dependentRequired" -> dependent(path, error);
            case "oneOf" -> exactlyOne(path);
            case "type" -> mismatch(ProblemCode.TYPE_MISMATCH, path, error, location);
            case "enum", "const" -> notOneOf(path, error, location);
            case "pattern" -> pattern(path, error, location);
            case "maxItems" -> tooMany(path, error, location);
            case "minItems", "minLength", "maxLength", "minimum", "maximum" ->
                mismatch(ProblemCode.OUT_OF_RANGE, path, error, location);
            default ->
                findings.error(
                        ProblemCode.SCHEMA_VIOLATION,
                        path,
                        "Expected a value that fits the schema" + Say.place(Findings.shown(path)) + " but it "
                                + error.getMessage() + ".");
        }
    }

    private void missing(String path) {
        String shown = Findings.shown(path);
        findings.error(
                ProblemCode.REQUIRED,
                path,
                shown.isEmpty()
                        ? "Expected the key 'workflow' at the start of the text but it is missing; begin with 'workflow:'."
                        : shown + ": required. Expected a value here but there is none; add it.");
    }

    private void unknownKey(String path, String key, String location) {
        if (Invisible.in(key).isPresent()) {
            return; // reported with its place by the reader
        }
        List<String> allowed = allowedKeys(location);
        Optional<String> suggestion = Suggestion.nearest(key, allowed);
        String what = "a known key" + Say.place(Findings.shown(path));
        String message = suggestion.isPresent()
                ? Say.expected(what, "", key, suggestion)
                : "Expected " + what + " but got " + Say.quoted(key) + "; the keys here are " + Say.oneOf(allowed)
                        + ".";
        findings.errorAtKey(ProblemCode.UNKNOWN_KEY, YamlPath.key(path, key), message, suggestion);
    }

    private void dependent(String path, Error error) {
        Object[] arguments = Objects.requireNonNullElse(error.getArguments(), new Object[0]);
        String needed = arguments.length > 0 ? String.valueOf(arguments[0]) : "another key";
        String key = property(error);
        findings.errorAtKey(
                ProblemCode.UNKNOWN_KEY,
                YamlPath.key(path, key),
                "Expected '" + key + "' only beside '" + needed + "' but '" + needed
                        + "' is not there; add it or remove '" + key + "'.",
                Optional.empty());
    }

    private void exactlyOne(String path) {
        findings.error(
                ProblemCode.EXACTLY_ONE_OF,
                path,
                "Expected exactly one of event, schedule or manual" + Say.place(Findings.shown(path))
                        + "; keep or add one of them.");
    }

    private void notOneOf(String path, Error error, String location) {
        var words = new ArrayList<String>();
        JsonNode allowed = SOURCE.at(parent(location)).path("enum");
        allowed.forEach(word -> words.add(word.asString()));
        JsonNode value = value(error);
        Optional<String> near = value.isString() ? Suggestion.nearest(value.stringValue(), words) : Optional.empty();
        boolean texts = allowed.valueStream().allMatch(JsonNode::isString);
        findings.error(
                ProblemCode.NOT_ONE_OF,
                path,
                Say.expected(title(location, Say.oneOf(words)), Findings.shown(path), value, near),
                near,
                near.flatMap(word -> texts
                        ? findings.fixes().value(path, word)
                        : findings.fixes().whole(path, word)));
    }

    private void pattern(String path, Error error, String location) {
        JsonNode value = value(error);
        var invisible = Invisible.in(value.asString());
        if (invisible.isPresent()) {
            findings.error(
                    ProblemCode.INVISIBLE_CHARACTER,
                    path,
                    "Expected plain letters%s but there is the invisible character U+%04X; type it again."
                            .formatted(Say.place(Findings.shown(path)), invisible.getAsInt()),
                    Optional.empty(),
                    findings.fixes().visibleValue(path));
            return;
        }
        String text = value.asString();
        if (location.contains("/duration/")) {
            mismatch(ProblemCode.DURATION_INVALID, path, error, location, NearForm.duration(text));
        } else if (location.contains("/workflow_name/")) {
            mismatch(ProblemCode.NAME_INVALID, path, error, location, NearForm.kebab(text));
        } else {
            stepId(path, error, location, text);
        }
    }

    /** Others may refer to a step by its id, so that one change of the text is enough only where nobody does. */
    private void stepId(String path, Error error, String location, String text) {
        Optional<String> near = NearForm.snake(text);
        findings.error(
                ProblemCode.NAME_INVALID,
                path,
                Say.expected(title(location, "another name"), Findings.shown(path), value(error), near),
                near,
                near.filter(id -> findings.fixes().isOnlyHere(text, id))
                        .flatMap(id -> findings.fixes().value(path, id)));
    }

    private void tooMany(String path, Error error, String location) {
        if (!path.equals("workflow.steps")) {
            mismatch(ProblemCode.OUT_OF_RANGE, path, error, location);
            return;
        }
        findings.error(
                ProblemCode.TOO_MANY_STEPS,
                path,
                "Expected at most " + DefinitionSchema.MAX_STEPS + " steps but got "
                        + value(error).size() + "; split the workflow in two.");
    }

    private void mismatch(ProblemCode code, String path, Error error, String location) {
        mismatch(code, path, error, location, Optional.empty());
    }

    private void mismatch(ProblemCode code, String path, Error error, String location, Optional<String> near) {
        String title = title(location, "another value");
        String end = path.isEmpty() ? "; begin with 'workflow:'." : Say.end(near);
        findings.error(
                code,
                path,
                "Expected " + title + Say.place(Findings.shown(path)) + " but got " + Say.value(value(error)) + end,
                near);
    }

    private static String title(String location, String otherwise) {
        return SOURCE.at(parent(location)).path("title").asString(otherwise);
    }

    private static List<String> allowedKeys(String location) {
        return List.copyOf(SOURCE.at(parent(location)).path("properties").propertyNames());
    }

    private static String location(Error error) {
        return error.getSchemaLocation().getFragment().toString();
    }

    private static String parent(String pointer) {
        int cut = pointer.lastIndexOf('/');
        return cut <= 0 ? "" : pointer.substring(0, cut);
    }

    private static String property(Error error) {
        return Objects.requireNonNullElse(error.getProperty(), "");
    }

    private JsonNode value(Error error) {
        JsonNode node = document;
        NodePath at = error.getInstanceLocation();
        for (int i = 0; i < at.getNameCount(); i++) {
            node = at.getElement(i) instanceof Integer index ? node.path(index) : node.path(at.getName(i));
        }
        return node;
    }

    private static String path(NodePath at) {
        String path = "";
        for (int i = 0; i < at.getNameCount(); i++) {
            path = at.getElement(i) instanceof Integer index
                    ? YamlPath.item(path, index)
                    : YamlPath.key(path, at.getName(i));
        }
        return path;
    }
}
