package dev.millrace.language.yaml;

import dev.millrace.language.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** Reads YAML 1.2 (core schema) into a {@link YamlTree}. */
public final class YamlText {
    /** Longest text, in bytes of UTF-8. */
    public static final int MAX_BYTES = 256 * 1024;

    private YamlText() {}

    /** What reading gave. */
    public sealed interface Read {
        /** A tree; the faults (repeated keys, invisible characters) did not keep it from being built. */
        record Tree(YamlTree tree, List<YamlFault> faults) implements Read {
            public Tree {
                faults = List.copyOf(faults);
            }
        }

        /** No tree: at least one fault. */
        record Unreadable(List<YamlFault> faults) implements Read {
            public Unreadable {
                faults = List.copyOf(faults);
            }
        }
    }

    /** Never throws; time and memory are bounded by {@link #MAX_BYTES}, for aliases are refused before any is followed. */
    public static Read read(String text) {
        if (isTooLong(text)) {
            return unreadable(
                    ProblemCode.PAYLOAD_TOO_LARGE,
                    Mark.START,
                    "Expected at most " + MAX_BYTES + " bytes of text but got more; shorten it or split the workflow.");
        }
        Optional<YamlFault> unprintable = unprintable(text);
        if (unprintable.isPresent()) {
            return new Read.Unreadable(List.of(unprintable.get()));
        }
        try {
            return readPrintable(text);
        } catch (MarkedYamlEngineException e) {
            return unreadable(ProblemCode.YAML_SYNTAX, SyntaxMessage.place(e), SyntaxMessage.of(e));
        } catch (YamlEngineException e) {
            return unreadable(
                    ProblemCode.YAML_SYNTAX, Mark.START, "Expected YAML but it could not be read: " + e.getMessage());
        }
    }

    private static Read readPrintable(String text) {
        // the schema only tags nodes, which nobody reads: Scalars does that; this one knows no merge keys
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new JsonSchema())
                .setUseMarks(true)
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(MAX_BYTES)
                .build();
        YamlGuard.Inspected inspected = YamlGuard.inspect(text, settings);
        if (!inspected.faults().isEmpty()) {
            return new Read.Unreadable(inspected.faults());
        }
        Optional<Node> root = new Composer(settings, new Replay(inspected.events())).getSingleNode();
        if (root.isEmpty()) {
            return unreadable(
                    ProblemCode.DOCUMENT_EMPTY,
                    Mark.START,
                    "Expected a workflow definition but the text is empty; begin with 'workflow:'.");
        }
        var faults = new ArrayList<YamlFault>();
        YamlTree tree = new TreeBuilder(text, faults).build(root.get());
        return new Read.Tree(tree, faults);
    }

    private static boolean isTooLong(String text) {
        return text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
    }

    /** The reader of the YAML library reports such a character without its place. */
    private static Optional<YamlFault> unprintable(String text) {
        int line = 1;
        int column = 1;
        int index = 0;
        for (int i = 0; i < text.length(); index++) {
            int c = text.codePointAt(i);
            if (!StreamReader.isPrintable(c)) {
                Mark at = new Mark(line, column, index, line, column + 1, index + 1);
                String message = "Expected readable text but found the character U+%04X; remove it.".formatted(c);
                return Optional.of(new YamlFault(ProblemCode.YAML_SYNTAX, "", at, message));
            }
            line = c == '\n' ? line + 1 : line;
            column = c == '\n' ? 1 : column + 1;
            i += Character.charCount(c);
        }
        return Optional.empty();
    }

    private static Read unreadable(ProblemCode code, Mark mark, String message) {
        return new Read.Unreadable(List.of(new YamlFault(code, "", mark, message)));
    }
}
