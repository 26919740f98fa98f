package dev.millrace.language.check;

import dev.millrace.language.Problem.Severity;
import dev.millrace.language.ProblemCode;
import dev.millrace.language.check.Findings.Stretch;
import dev.millrace.language.check.Slots.Slot;
import dev.millrace.language.typing.Type;
import dev.millrace.language.typing.Type.Form;
import dev.millrace.language.typing.Type.Sort;
import dev.millrace.language.typing.TypeFinding;
import dev.millrace.language.typing.TypeScope;
import dev.millrace.language.typing.Types;
import dev.millrace.language.typing.Typing;
import java.util.Collection;
import java.util.Optional;

/** What an expression does with its values can succeed, and what comes out fits where it goes. */
final class TypeRule {
    private final Findings findings;

    TypeRule(Findings findings) {
        this.findings = findings;
    }

    private Typing typed(PlacedExpression placed, TypeScope scope) {
        Typing typing = Typing.of(placed.expression(), scope);
        typing.findings().forEach(finding -> report(placed, finding));
        return typing;
    }

    /** Anything can be a condition; what can never be false is none. */
    void condition(PlacedExpression placed, TypeScope scope) {
        Typing typing = typed(placed, scope);
        if (isAlwaysThere(typing.type())) {
            findings.within(
                    ProblemCode.TYPE_MISMATCH,
                    Severity.ERROR,
                    placed.at(typing.whole()),
                    "Expected a condition" + place(placed) + " but "
                            + Say.quoted(placed.expression().source()) + " is "
                            + typing.type().inWords() + ", which counts as true always; compare it with something.",
                    Optional.empty());
        }
    }

    private static boolean isAlwaysThere(Type type) {
        return switch (type) {
            case Type.Text text ->
                text.words().isEmpty()
                        ? text.form() != Form.PLAIN
                        : text.words().stream().noneMatch(String::isEmpty);
            case Type.Mapping map -> !map.fields().names().isEmpty();
            case Type.Unknown any -> false;
            case Type.None none -> false;
            case Type.Truth truth -> false;
            case Type.Decimal number -> false;
            case Type.Items items -> false;
            case Type.Maybe maybe -> false;
        };
    }

    /** @return the type of the items */
    Type forEach(PlacedExpression placed, TypeScope scope) {
        Typing typing = typed(placed, scope);
        Type type = typing.type();
        if (type instanceof Type.Maybe) {
            possiblyNone(placed, typing, "| if_none([])");
        }
        if (type.sort() != Sort.LIST && type.sort() != Sort.ANY) {
            findings.within(
                    ProblemCode.TYPE_MISMATCH,
                    Severity.ERROR,
                    placed.at(typing.whole()),
                    "Expected a list" + place(placed) + " but "
                            + Say.quoted(placed.expression().source()) + " is " + type.inWords()
                            + "; name a list, or put [ ] around it.",
                    Optional.empty());
        }
        return type.present() instanceof Type.Items items ? items.item() : Types.ANY;
    }

    /** An expression in a field whose value is looked at later. */
    void plain(PlacedExpression placed, TypeScope scope) {
        typed(placed, scope);
    }

    /** @param slot the field that receives the value, where it is known */
    void template(PlacedExpression placed, TypeScope scope, Optional<Slot> slot) {
        Typing typing = typed(placed, scope);
        if (placed.isAmongText()) {
            if (typing.type() instanceof Type.Maybe) {
                amongText(placed, typing);
            }
            slot.ifPresent(
                    s -> fits(placed, typing, Types.TEXT, "what stands around {{ }} makes a text of it, which", s));
            return;
        }
        slot.ifPresent(s -> {
            if (s.required() && (typing.type() instanceof Type.Maybe || typing.type() instanceof Type.None)) {
                possiblyNone(placed, typing, "| if_none(…)");
            }
            fits(placed, typing, typing.type(), Say.quoted(placed.expression().source()), s);
        });
    }

    private void fits(PlacedExpression placed, Typing typing, Type type, String name, Slot slot) {
        Receiving.misfit(type, slot.type()).ifPresent(misfit -> {
            Optional<String> near = nearest(misfit.word(), misfit.words());
            findings.within(
                    misfit.code(),
                    Severity.ERROR,
                    placed.isAmongText() ? whole(placed) : placed.at(typing.whole()),
                    "Expected " + misfit.expected() + place(placed) + " but " + name + " " + misfit.found()
                            + Say.end(near),
                    near);
        });
    }

    private static Stretch whole(PlacedExpression placed) {
        return new Stretch(placed.path(), placed.text(), 0, placed.text().length());
    }

    private void amongText(PlacedExpression placed, Typing typing) {
        String name = placed.expression().source();
        findings.within(
                ProblemCode.POSSIBLY_NONE,
                Severity.WARNING,
                placed.at(typing.end()),
                "Expected a value that is always there" + place(placed) + " but " + name + " may be empty; write {{ "
                        + bracketed(name, typing) + " | if_none('…') }}.",
                Optional.empty());
    }

    private void possiblyNone(PlacedExpression placed, Typing typing, String filter) {
        String name = placed.expression().source();
        findings.within(
                ProblemCode.POSSIBLY_NONE,
                Severity.WARNING,
                placed.at(typing.end()),
                "Expected a value that is always there" + place(placed) + " but " + name
                        + " may be empty, and one is needed here; write " + bracketed(name, typing) + " " + filter
                        + " or ask for it in the condition.",
                Optional.empty());
    }

    private static String bracketed(String name, Typing typing) {
        return typing.isPath() ? name : "(" + name + ")";
    }

    private void report(PlacedExpression placed, TypeFinding finding) {
        Optional<String> near = finding.replacement().or(() -> nearest(finding.word(), finding.candidates()));
        String end = finding.word().isPresent() ? Say.end(near) : ".";
        findings.within(
                finding.code(),
                finding.severity(),
                placed.at(finding.at()),
                "Expected " + finding.expected() + place(placed) + " but " + finding.found() + end,
                near);
    }

    private static Optional<String> nearest(Optional<String> word, Collection<String> candidates) {
        return word.flatMap(w -> Suggestion.nearest(w, candidates));
    }

    private static String place(PlacedExpression placed) {
        return Say.place(Findings.shown(placed.path()));
    }
}
