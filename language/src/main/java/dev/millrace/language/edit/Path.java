package dev.millrace.language.edit;

import dev.millrace.language.Edited;
import dev.millrace.language.yaml.YamlPath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A path in parts, from the root of the document. */
record Path(List<Part> parts) {
    private static final Pattern PART = Pattern.compile(
            "\\G(?:\\[(\\d{1,9})]|\\[\"((?:[^\"\\\\]|\\\\[\"\\\\])*)\"]|\\.?([A-Za-z_][A-Za-z0-9_-]*))");
    static final Path STEPS = new Path(List.of(new Key("workflow"), new Key("steps")));

    Path {
        parts = List.copyOf(parts);
    }

    sealed interface Part {}

    record Key(String name) implements Part {}

    record Index(int at) implements Part {}

    /** Paths of problems are relative to {@code workflow}, but for those of tests. */
    static Path of(String shown) {
        var parts = new ArrayList<Part>();
        Matcher matcher = PART.matcher(shown);
        int end = 0;
        while (matcher.find()) {
            parts.add(part(matcher));
            end = matcher.end();
        }
        if (end != shown.length() || parts.isEmpty()) {
            throw new Refusal(
                    Edited.Code.PATH_ABSENT,
                    "Expected a path such as steps[0].config.role but got '" + shown + "'; correct it.");
        }
        if (!parts.getFirst().equals(new Key("tests"))) {
            parts.addFirst(new Key("workflow"));
        }
        return new Path(parts);
    }

    private static Part part(Matcher matcher) {
        if (matcher.group(1) != null) {
            return new Index(Integer.parseInt(matcher.group(1)));
        }
        String quoted = matcher.group(2);
        return new Key(quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
    }

    Path key(String name) {
        return with(new Key(name));
    }

    Path item(int at) {
        return with(new Index(at));
    }

    Path with(Part part) {
        var more = new ArrayList<>(parts);
        more.add(part);
        return new Path(more);
    }

    Path parent() {
        return new Path(parts.subList(0, parts.size() - 1));
    }

    Part last() {
        return parts.getLast();
    }

    boolean isRoot() {
        return parts.isEmpty();
    }

    /** Missing where there is nothing. */
    JsonNode in(JsonNode document) {
        JsonNode node = document;
        for (Part part : parts) {
            node = switch (part) {
                case Key key -> node.path(key.name());
                case Index index -> node.isArray() ? node.path(index.at()) : node.path("");
            };
        }
        return node;
    }

    boolean holds(String key) {
        return parts.contains(new Key(key));
    }

    /** As the places of a tree are named. */
    @Override
    public String toString() {
        String path = "";
        for (Part part : parts) {
            path = switch (part) {
                case Key key -> YamlPath.key(path, key.name());
                case Index index -> YamlPath.item(path, index.at());
            };
        }
        return path;
    }

    /** As people know it. */
    String shown() {
        String path = toString();
        return path.startsWith("workflow.") ? path.substring("workflow.".length()) : path;
    }
}
