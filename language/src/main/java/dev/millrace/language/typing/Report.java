package dev.millrace.language.typing;

import dev.millrace.language.Problem.Severity;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.expression.Extent;
import dev.millrace.language.expression.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Collects findings over one expression, each at its characters. */
final class Report {
    /** As many fields can be read aloud in a message. */
    private static final int FEW = 12;

    private static final int LONGEST = 60;

    private final String source;
    private final List<TypeFinding> findings = new ArrayList<>();

    Report(String source) {
        this.source = source;
    }

    List<TypeFinding> findings() {
        return List.copyOf(findings);
    }

    Extent at(Node.Call call) {
        return Extent.of(source, call);
    }

    Extent at(Node node) {
        return Extent.of(source, node);
    }

    /** Where a word stands within a part, else the part. */
    Extent find(String word, Extent part) {
        int at = part.in(source).indexOf(word);
        return at < 0 || word.isEmpty() ? part : new Extent(part.offset() + at, word.length());
    }

    /** The part as it is written. */
    String shown(Node node) {
        String written = Extent.of(source, node).in(source).replaceAll("\\s+", " ");
        return written.length() > LONGEST ? written.substring(0, LONGEST) + "…" : written;
    }

    void mismatch(Extent at, String expected, String found) {
        add(ProblemCode.TYPE_MISMATCH, Severity.ERROR, at, expected, found);
    }

    void mismatch(Node node, String expected, String found) {
        mismatch(at(node), expected, found);
    }

    void possiblyNone(Node node, Type type) {
        String name = shown(node);
        if (isDefault(node)) {
            add(
                    ProblemCode.POSSIBLY_NONE,
                    Severity.WARNING,
                    Extent.ofField(source, node),
                    "a value that is always there",
                    name + " may be empty, as default replaces only what is not there at all; write if_none instead");
            return;
        }
        add(
                ProblemCode.POSSIBLY_NONE,
                Severity.WARNING,
                Extent.ofField(source, node),
                "a value that is always there",
                name + " may be empty; write " + (isPath(node) ? name : "(" + name + ")") + " | "
                        + (type instanceof Type.Maybe maybe && maybe.undefined() ? "default(" : "if_none(")
                        + substitute(type) + ")");
    }

    private static boolean isDefault(Node node) {
        return node instanceof Node.Filtered filtered
                && (filtered.filter().operation().name().equals("default")
                        || filtered.filter().operation().name().equals("d"));
    }

    private static boolean isPath(Node node) {
        return node instanceof Node.Name || node instanceof Node.Access || node instanceof Node.Filtered;
    }

    private static String substitute(Type type) {
        return switch (type.sort()) {
            case NUMBER -> "0";
            case TRUTH -> "false";
            case LIST -> "[]";
            case MAP -> "{}";
            case TEXT ->
                type.present() instanceof Type.Text text
                                && (text.form() == Type.Form.DATE || text.form() == Type.Form.DATETIME)
                        ? "now"
                        : "'…'";
            case ANY, NONE -> "'…'";
        };
    }

    /** A field is read of what may have no value: that fails, whatever follows. */
    void possiblyNoHolder(Node.Access access) {
        String holder = shown(access.target());
        String whole = shown(access);
        add(
                ProblemCode.POSSIBLY_NONE,
                Severity.WARNING,
                Extent.ofField(source, access),
                "a value that is always there",
                holder + " may be empty; write " + whole + " if " + holder + " is not none else …");
    }

    void possiblyNoneItems(Node.Call call, String items, String filter) {
        add(
                ProblemCode.POSSIBLY_NONE,
                Severity.WARNING,
                at(call),
                "values that are always there",
                items + " may be empty, which | " + filter
                        + " refuses; leave those out first with selectattr('…', 'ne', none)");
    }

    /** From the start of one operand to the end of the other. */
    Extent between(Operand left, Operand right) {
        Extent from = at(left.node().orElseThrow());
        Extent to = at(right.node().orElseThrow());
        return new Extent(from.offset(), to.offset() + to.length() - from.offset());
    }

    void unknownField(Node.Access access, String holder, String name, Collection<String> known) {
        unknownField(Extent.ofField(source, access), holder, name, known);
    }

    void unknownField(Extent at, String holder, String name, Collection<String> known) {
        List<String> candidates = List.copyOf(known);
        String what = candidates.isEmpty()
                ? "no further field after " + holder
                : "a field of " + holder + (candidates.size() > FEW ? "" : " (" + oneOf(candidates) + ")");
        findings.add(new TypeFinding(
                ProblemCode.UNKNOWN_FIELD,
                Severity.ERROR,
                at,
                what,
                "got '" + name + "'",
                Optional.of(name),
                candidates,
                Optional.empty()));
    }

    void notOneOf(Extent at, String holder, String word, Collection<String> known) {
        List<String> candidates = known.stream().sorted().toList();
        findings.add(new TypeFinding(
                ProblemCode.NOT_ONE_OF,
                Severity.ERROR,
                at,
                "a word that " + holder + " may have (" + oneOf(candidates) + ")",
                "got '" + word + "'",
                Optional.of(word),
                candidates,
                Optional.empty()));
    }

    void currencies(Extent at, String found, Optional<String> replacement) {
        findings.add(new TypeFinding(
                ProblemCode.CURRENCIES_DIFFER,
                Severity.WARNING,
                at,
                "two amounts in one currency",
                found,
                Optional.empty(),
                List.of(),
                replacement));
    }

    private void add(ProblemCode code, Severity severity, Extent at, String expected, String found) {
        findings.add(
                new TypeFinding(code, severity, at, expected, found, Optional.empty(), List.of(), Optional.empty()));
    }

    static String oneOf(List<String> words) {
        int last = words.size() - 1;
        return last < 1 ? String.join("", words) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }
}
