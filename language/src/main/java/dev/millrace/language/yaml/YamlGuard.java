package dev.millrace.language.yaml;

import dev.millrace.language.ProblemCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** Looks at the parse events, which cost no recursion, before a tree is composed from them. */
final class YamlGuard {
    /** Deepest nesting: far beyond any workflow, far below the stack of the composer. */
    static final int MAX_DEPTH = 50;

    /** Longest single text, in bytes of UTF-8 at most, in characters at least. */
    static final int MAX_SCALAR = 64 * 1024;

    /** Most values in a text: 500 full steps have about 15,000. Bounds the memory for their places. */
    static final int MAX_VALUES = 50_000;

    /** Enough to see what is wrong. */
    private static final int MAX_FAULTS = 50;

    private final List<YamlFault> faults = new ArrayList<>();
    private int depth;
    private int documents;
    private int values;

    private YamlGuard() {}

    /** What there is in a text, up to the first thing after which nothing more is looked at. */
    record Inspected(List<Event> events, List<YamlFault> faults) {
        Inspected {
            events = Collections.unmodifiableList(events);
            faults = List.copyOf(faults);
        }
    }

    static Inspected inspect(String text, LoadSettings settings) {
        var guard = new YamlGuard();
        var events = new ArrayList<Event>();
        for (Event event : new Parse(settings).parseString(text)) {
            events.add(event);
            if (!guard.accepts(event)) {
                break;
            }
        }
        return new Inspected(events, guard.faults);
    }

    /** False: no further event need be looked at. */
    private boolean accepts(Event event) {
        return switch (event) {
            case AliasEvent alias -> {
                add(
                        ProblemCode.YAML_ALIAS_LIMIT,
                        alias,
                        "Expected every value written out but found the alias '*" + alias.getAlias()
                                + "'; aliases are not allowed, repeat the value instead.");
                yield false;
            }
            case DocumentStartEvent start -> acceptsDocument(start);
            case CollectionStartEvent start -> {
                refuseTag(start, start.getTag());
                yield acceptsDepth(start);
            }
            case CollectionEndEvent end -> {
                depth--;
                yield true;
            }
            case ScalarEvent scalar -> {
                refuseTag(scalar, scalar.getTag());
                refuseLength(scalar);
                yield acceptsCount(scalar);
            }
            default -> true;
        };
    }

    private boolean acceptsDocument(DocumentStartEvent start) {
        documents++;
        if (documents > 1) {
            add(
                    ProblemCode.YAML_SEVERAL_DOCUMENTS,
                    start,
                    "Expected one workflow in the text but a second document begins here; save each workflow by itself.");
            return false;
        }
        return true;
    }

    private boolean acceptsDepth(CollectionStartEvent start) {
        depth++;
        values++;
        if (depth > MAX_DEPTH) {
            add(
                    ProblemCode.YAML_TOO_DEEP,
                    start,
                    "Expected at most " + MAX_DEPTH + " levels of nesting but found more; flatten the value.");
            return false;
        }
        return faults.size() < MAX_FAULTS;
    }

    private boolean acceptsCount(ScalarEvent scalar) {
        values++;
        if (values > MAX_VALUES) {
            add(
                    ProblemCode.YAML_TOO_MANY_VALUES,
                    scalar,
                    "Expected at most " + MAX_VALUES + " values in one workflow but found more; split it.");
            return false;
        }
        return faults.size() < MAX_FAULTS;
    }

    private void refuseTag(Event event, Optional<String> tag) {
        tag.ifPresent(name -> add(
                ProblemCode.YAML_TAG_NOT_ALLOWED,
                event,
                "Expected a plain value but found the tag '" + shortForm(name)
                        + "'; tags are not allowed, remove it (quote the value if it is a text)."));
    }

    private void refuseLength(ScalarEvent scalar) {
        if (scalar.getValue().length() > MAX_SCALAR) {
            add(
                    ProblemCode.TEXT_TOO_LONG,
                    scalar,
                    "Expected at most " + MAX_SCALAR + " characters in one text but got "
                            + scalar.getValue().length() + "; shorten it.");
        }
    }

    private static String shortForm(String tag) {
        String written = tag.startsWith("tag:yaml.org,2002:") ? "!!" + tag.substring(18) : tag;
        return written.length() > 80 ? written.substring(0, 80) + "…" : written;
    }

    private void add(ProblemCode code, Event event, String message) {
        faults.add(new YamlFault(code, "", Marks.between(event.getStartMark(), event.getEndMark()), message));
    }
}
