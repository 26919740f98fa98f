package dev.millrace.language.check;

import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Fix;
import dev.millrace.language.Problem.Severity;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.yaml.Mark;
import dev.millrace.language.yaml.YamlFault;
import dev.millrace.language.yaml.YamlTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what the rules find; knows the place of everything and how paths are shown. */
final class Findings {
    /** Most errors, and most warnings, that are kept. More would help nobody, and a hostile text of 256 KiB could hold tens of thousands. */
    static final int MAX = 500;

    private static final Comparator<Problem> BY_PLACE = Comparator.comparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::path)
            .thenComparing(Problem::code);

    private record Key(String code, String path, int line, int column) {}

    private final YamlTree tree;
    private final Fixes fixes;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Key> seen = new HashSet<>();
    private int errors;
    private int warnings;

    Findings(YamlTree tree) {
        this.tree = tree;
        this.fixes = new Fixes(tree);
    }

    /** Changes of this text. */
    Fixes fixes() {
        return fixes;
    }

    /** Paths are shown from {@code workflow} on. */
    static String shown(String path) {
        if (path.equals("workflow")) {
            return "";
        }
        if (path.startsWith("workflow[\"")) {
            return path.substring("workflow".length());
        }
        return path.startsWith("workflow.") ? path.substring("workflow.".length()) : path;
    }

    /** At the value, or at what is around it if it is missing; the suggestion is the value that mends it. */
    void error(ProblemCode code, String path, String message, Optional<String> suggestion) {
        error(code, path, message, suggestion, suggestion.flatMap(text -> fixes.value(path, text)));
    }

    void error(ProblemCode code, String path, String message) {
        error(code, path, message, Optional.empty(), Optional.empty());
    }

    void error(ProblemCode code, String path, String message, Optional<String> suggestion, Optional<Fix> fix) {
        add(code, Severity.ERROR, path, tree.value(path), message, suggestion, fix);
    }

    /** At the key; the suggestion is the key that mends it. */
    void errorAtKey(ProblemCode code, String path, String message, Optional<String> suggestion) {
        errorAtKey(code, path, message, suggestion, suggestion.flatMap(key -> fixes.key(path, key)));
    }

    void errorAtKey(ProblemCode code, String path, String message, Optional<String> suggestion, Optional<Fix> fix) {
        add(code, Severity.ERROR, path, tree.key(path), message, suggestion, fix);
    }

    void warning(ProblemCode code, String path, String message) {
        warning(code, path, message, Optional.empty());
    }

    void warning(ProblemCode code, String path, String message, Optional<Fix> fix) {
        add(code, Severity.WARNING, path, tree.value(path), message, Optional.empty(), fix);
    }

    void warningAtKey(ProblemCode code, String path, String message, Optional<Fix> fix) {
        add(code, Severity.WARNING, path, tree.key(path), message, Optional.empty(), fix);
    }

    /** At some characters of the text at the path; the suggestion is the name that mends it. */
    void within(ProblemCode code, Severity severity, Stretch at, String message, Optional<String> suggestion) {
        Mark start = tree.within(at.path(), at.text(), at.offset());
        Mark end = tree.within(at.path(), at.text(), at.offset() + Math.max(at.length(), 1));
        Optional<Fix> fix = suggestion.flatMap(name -> fixes.within(at, name));
        add(code, severity, at.path(), start.to(end), message, suggestion, fix);
    }

    /** What the reader of YAML found. */
    void fault(YamlFault fault) {
        Optional<Fix> fix =
                fault.code() == ProblemCode.INVISIBLE_CHARACTER ? fixes.visible(fault.mark()) : Optional.empty();
        add(fault.code(), Severity.ERROR, fault.path(), fault.mark(), fault.message(), Optional.empty(), fix);
    }

    /** Characters of a text, counted as it was read. */
    record Stretch(String path, String text, int offset, int length) {}

    /** Rules whose work grows with the number of problems stop then. */
    boolean isFull() {
        return errors >= MAX;
    }

    boolean hasErrors() {
        return errors > 0;
    }

    /** In the order of the text. */
    List<Problem> problems() {
        var sorted = new ArrayList<>(problems);
        sorted.sort(BY_PLACE);
        if (isFull()) {
            sorted.add(new Problem(
                    ProblemCode.TOO_MANY_PROBLEMS.code(),
                    Severity.ERROR,
                    "",
                    1,
                    1,
                    1,
                    1,
                    "Expected a workflow with few problems but there are more than " + MAX + "; mend these first.",
                    Optional.empty(),
                    Optional.empty()));
        }
        return sorted;
    }

    private void add(
            ProblemCode code,
            Severity severity,
            String path,
            Mark mark,
            String message,
            Optional<String> suggestion,
            Optional<Fix> fix) {
        String shown = shown(path);
        int sofar = severity == Severity.ERROR ? errors : warnings;
        if (sofar >= MAX || !seen.add(new Key(code.code(), shown, mark.line(), mark.column()))) {
            return;
        }
        problems.add(new Problem(
                code.code(),
                severity,
                shown,
                mark.line(),
                mark.column(),
                mark.endLine(),
                mark.endColumn(),
                message,
                suggestion,
                fix));
        if (severity == Severity.ERROR) {
            errors++;
        } else {
            warnings++;
        }
    }
}
