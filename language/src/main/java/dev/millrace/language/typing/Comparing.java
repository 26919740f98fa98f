package dev.millrace.language.typing;

import dev.millrace.language.expression.Extent;
import dev.millrace.language.expression.Node;
import dev.millrace.language.expression.Node.Relation;
import dev.millrace.language.typing.Type.Form;
import dev.millrace.language.typing.Type.Sort;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Finds comparisons that fail or can only come out one way, whatever the values are. */
final class Comparing {
    private final Report report;
    private final Currencies currencies;

    Comparing(Report report) {
        this.report = report;
        this.currencies = new Currencies(report);
    }

    /** @param at where the comparison is reported that is wrong as a whole */
    void check(Operand left, Relation relation, Operand right, Supplier<Extent> at) {
        switch (relation) {
            case EQUAL, NOT_EQUAL -> {
                equality(left, right, at);
                currencies.check(left, right, at, "compare");
            }
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
                order(left, relation, right, at);
                currencies.check(left, right, at, "compare");
            }
            case IN, NOT_IN -> membership(left, right, at);
        }
    }

    private static boolean isUnknown(Type type) {
        return type.sort() == Sort.ANY;
    }

    private void equality(Operand left, Operand right, Supplier<Extent> at) {
        Sort a = left.type().sort();
        Sort b = right.type().sort();
        if (a == Sort.NONE || b == Sort.NONE || a == Sort.ANY || b == Sort.ANY) {
            return;
        }
        if (a != b) {
            report.mismatch(
                    at.get(),
                    "two values of one type",
                    left.shown(report) + " and " + right.shown(report) + " are never equal" + advice(a, b));
        } else if (left.type().present() instanceof Type.Text x && right.type().present() instanceof Type.Text y) {
            texts(left, x, right, y, at);
        }
    }

    private static String advice(Sort a, Sort b) {
        boolean number = a == Sort.NUMBER || b == Sort.NUMBER;
        boolean text = a == Sort.TEXT || b == Sort.TEXT;
        return number && text ? "; write the number without quotes, or convert the text with | float" : "";
    }

    private void texts(Operand left, Type.Text x, Operand right, Type.Text y, Supplier<Extent> at) {
        if (y.literal() && !x.literal()) {
            literal(left, x, right, y, at);
        } else if (x.literal() && !y.literal()) {
            literal(right, y, left, x, at);
        } else if (x.form() != y.form() && x.form() != Form.PLAIN && y.form() != Form.PLAIN) {
            boolean dates = Set.of(x.form(), y.form()).equals(Set.of(Form.DATE, Form.DATETIME));
            report.mismatch(
                    at.get(),
                    "two values of one type",
                    left.shown(report) + " and " + right.shown(report) + " are never equal"
                            + (dates ? "; make a day of a time with | date('yyyy-MM-dd')" : ""));
        }
    }

    private void literal(Operand declared, Type.Text type, Operand written, Type.Text words, Supplier<Extent> at) {
        for (String word : words.words()) {
            if (!type.words().isEmpty() && !type.words().contains(word)) {
                report.notOneOf(inQuotes(written, at), declared.name(report), word, type.words());
            } else if (type.words().isEmpty() && !type.form().mayBe(word)) {
                report.mismatch(
                        written.at(report, at),
                        type.form().words() + ", as " + declared.name(report) + " is",
                        "got '" + word + "'");
            }
        }
    }

    /** Without its quotes, so that a correction goes in their place. */
    private Extent inQuotes(Operand written, Supplier<Extent> otherwise) {
        Extent whole = written.at(report, otherwise);
        boolean constant =
                written.node().filter(node -> node instanceof Node.Constant).isPresent();
        return constant && whole.length() > 2 ? new Extent(whole.offset() + 1, whole.length() - 2) : whole;
    }

    private void order(Operand left, Relation relation, Operand right, Supplier<Extent> at) {
        Operand a = there(left);
        Operand b = there(right);
        Sort x = a.type().sort();
        Sort y = b.type().sort();
        if (refused(a, relation, at) || refused(b, relation, at) || isUnknown(a.type()) || isUnknown(b.type())) {
            return;
        }
        if (x != y) {
            report.mismatch(
                    at.get(),
                    "two values of one type around " + relation.sign(),
                    "there are " + a.shown(report) + " and " + b.shown(report) + advice(x, y));
        } else if (a.type() instanceof Type.Items one && b.type() instanceof Type.Items other) {
            order(Operand.item(one.item()), relation, Operand.item(other.item()), at);
        }
    }

    private boolean refused(Operand operand, Relation relation, Supplier<Extent> at) {
        boolean refused = operand.type().sort() == Sort.NONE || operand.type().sort() == Sort.MAP;
        if (refused) {
            report.mismatch(
                    operand.at(report, at),
                    "numbers, texts or lists around " + relation.sign(),
                    "there is " + operand.shown(report)
                            + (operand.type().sort() == Sort.MAP ? "; compare a field of it" : "; use 'is none'"));
        }
        return refused;
    }

    /** Warns of what may be missing where that fails, and goes on as if it were there. */
    private Operand there(Operand operand) {
        if (operand.type() instanceof Type.Maybe && operand.node().isPresent()) {
            report.possiblyNone(operand.node().get(), operand.type());
        }
        return operand.with(operand.type().present());
    }

    private void membership(Operand left, Operand container, Supplier<Extent> at) {
        if (container.type().sort() == Sort.ANY) {
            return;
        }
        Operand right = there(container);
        switch (right.type()) {
            case Type.Items items -> items(left, right, items, at);
            case Type.Text text -> {
                Operand sought = there(left);
                if (!isUnknown(sought.type()) && sought.type().sort() != Sort.TEXT) {
                    report.mismatch(
                            sought.at(report, at),
                            "a text before 'in' a text",
                            "there is " + sought.shown(report) + "; convert it with | string");
                }
            }
            case Type.Mapping map -> {
                if (!isUnknown(left.type()) && left.type().sort() != Sort.TEXT) {
                    report.mismatch(
                            left.at(report, at),
                            "a text before 'in' a map, whose keys are texts",
                            "there is " + left.shown(report));
                }
            }
            case Type.Unknown any -> {}
            case Type.None none -> noContainer(right, at);
            case Type.Truth truth -> noContainer(right, at);
            case Type.Decimal number -> noContainer(right, at);
            case Type.Maybe maybe -> {}
        }
    }

    private void items(Operand left, Operand right, Type.Items items, Supplier<Extent> at) {
        Optional<Node> written = right.node().filter(node -> node instanceof Node.ListOf);
        if (written.isEmpty()) {
            equality(left, Operand.item(items.item()), at);
            return;
        }
        for (Node item : ((Node.ListOf) written.get()).items()) {
            if (item instanceof Node.Constant constant) {
                equality(left, Operand.of(Constants.type(constant.value()), item), () -> report.at(item));
            }
        }
    }

    private void noContainer(Operand right, Supplier<Extent> at) {
        report.mismatch(
                right.at(report, at),
                "a list, a map or a text after 'in'",
                "there is " + right.shown(report) + "; put [ ] around a single value");
    }
}
