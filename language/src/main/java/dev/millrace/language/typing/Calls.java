package dev.millrace.language.typing;

import dev.millrace.language.expression.Dates;
import dev.millrace.language.expression.Node;
import dev.millrace.language.expression.Node.Call;
import dev.millrace.language.expression.Node.Relation;
import dev.millrace.language.typing.Signature.OfNone;
import dev.millrace.language.typing.Signature.Parameter;
import dev.millrace.language.typing.Type.Form;
import dev.millrace.language.typing.Type.Sort;
import java.util.List;
import java.util.Optional;

/** The types of filters and tests, by their signatures. */
final class Calls {
    private final Report report;
    private final Comparing comparing;
    private final ItemFields fields;

    Calls(Report report, Comparing comparing) {
        this.report = report;
        this.comparing = comparing;
        this.fields = new ItemFields(report);
    }

    Type filter(Operand target, Call call, List<Optional<Type>> arguments) {
        Signature signature = Signatures.filter(call);
        Type value = value(target, call, signature, "| ");
        arguments(call, signature, arguments);
        if (value.sort() == Sort.ANY && signature.none() != OfNone.MEANT) {
            return signature.accepts().contains(Sort.LIST)
                    ? Types.ANY
                    : signature.result().of(value, arguments);
        }
        return fields.result(target, call, value, signature.result().of(value, arguments));
    }

    Type test(Operand target, Call call, List<Optional<Type>> arguments) {
        Optional<Relation> relation = Signatures.relation(call.operation().name());
        if (relation.isPresent() && arguments.getFirst().isPresent()) {
            Operand right = Operand.of(
                    arguments.getFirst().get(), call.arguments().getFirst().orElseThrow());
            comparing.check(target, relation.get(), right, () -> report.at(call));
            return Types.TRUTH;
        }
        Signature signature = Signatures.test(call);
        value(target, call, signature, "is ");
        arguments(call, signature, arguments);
        return Types.TRUTH;
    }

    /** Says what the value cannot be; what comes back is there, unless none is meant. */
    private Type value(Operand target, Call call, Signature signature, String sign) {
        Type type = target.type();
        if (signature.none() == OfNone.MEANT) {
            return type;
        }
        if (type instanceof Type.Maybe && target.node().isPresent()) {
            report.possiblyNone(target.node().get(), type);
        }
        Type there = type.present();
        boolean none = there instanceof Type.None && signature.none() == OfNone.FAILS;
        boolean refused = !(there instanceof Type.Unknown)
                && !(there instanceof Type.None)
                && !signature.accepts().contains(there.sort());
        if (none || refused || isOtherText(there, signature)) {
            report.mismatch(
                    target.at(report, () -> report.at(call)),
                    signature.expected() + " before " + sign + call.operation().name(),
                    "there is " + target.with(there).shown(report) + advice(signature));
            return Types.ANY;
        }
        return there;
    }

    private static String advice(Signature signature) {
        return signature.accepts().contains(Sort.LIST)
                ? "; put [ ] around a single value"
                : signature.expected().equals("a date") ? "" : "; convert it with | float";
    }

    /** An id is no date and no amount, though all of them are texts. */
    private static boolean isOtherText(Type type, Signature signature) {
        boolean date = signature.expected().equals("a date");
        boolean amount = signature.expected().equals("an amount");
        if (!(type instanceof Type.Text text) || !(date || amount)) {
            return false;
        }
        if (!text.words().isEmpty()) {
            return text.words().stream().noneMatch(word -> date ? Dates.isDate(word) : isNumber(word));
        }
        boolean dated = text.form() == Form.DATE || text.form() == Form.DATETIME;
        return text.form() != Form.PLAIN && !(date && dated);
    }

    private static boolean isNumber(String word) {
        return word.strip().matches("[-+]?[0-9._]+([eE][-+]?[0-9]+)?");
    }

    private void arguments(Call call, Signature signature, List<Optional<Type>> arguments) {
        for (int i = 0; i < arguments.size() && i < signature.parameters().size(); i++) {
            Optional<Node> node = call.arguments().get(i);
            if (node.isPresent() && arguments.get(i).isPresent()) {
                argument(
                        call,
                        i,
                        node.get(),
                        signature.parameters().get(i),
                        arguments.get(i).get());
            }
        }
    }

    private void argument(Call call, int number, Node node, Parameter parameter, Type type) {
        boolean required = call.operation().parameters().get(number).required();
        if (type instanceof Type.Maybe && required && parameter != Parameter.ANY) {
            report.possiblyNone(node, type);
        }
        Type there = type.present();
        boolean none = there instanceof Type.None;
        if (there instanceof Type.Unknown || (none && !required) || fits(parameter, there)) {
            return;
        }
        report.mismatch(
                node,
                parameter.words() + " for "
                        + call.operation().parameters().get(number).name() + " of "
                        + call.operation().name(),
                "there is " + Operand.of(there, node).shown(report));
    }

    private static boolean fits(Parameter parameter, Type type) {
        return switch (parameter) {
            case ANY -> true;
            case TEXT -> type.sort() == Sort.TEXT;
            case NUMBER -> type.sort() == Sort.NUMBER;
            case WHOLE ->
                type instanceof Type.Decimal number
                        && number.value()
                                .map(value -> value.stripTrailingZeros().scale() <= 0)
                                .orElse(true);
            case FIELD -> type.sort() == Sort.TEXT || type.sort() == Sort.NUMBER;
        };
    }

    Type mapField(Node.MappedAttribute mapped, Type target, Optional<Type> otherwise) {
        Type list = list(mapped.target(), target, "map");
        Type field = fields.read(
                Optional.of(mapped.attribute()),
                Signatures.item(list),
                "each item of " + report.shown(mapped.target()),
                otherwise.isPresent());
        return new Type.Items(otherwise.map(field::or).orElse(field));
    }

    Type mapFilter(Node.MappedFilter mapped, Type target, List<Optional<Type>> arguments) {
        Type list = list(mapped.target(), target, "map");
        Type item = Signatures.item(list);
        return new Type.Items(filter(Operand.item(item), mapped.filter(), arguments));
    }

    Type pick(Node.Picked picked, Type target, List<Optional<Type>> arguments) {
        Type list = list(picked.target(), target, picked.keep() ? "select" : "reject");
        Type item = Signatures.item(list);
        boolean asks = picked.test()
                .filter(test -> test.operation().acceptsUndefined())
                .isPresent();
        Type asked = picked.attribute().isPresent()
                ? fields.read(picked.attribute(), item, "each item of " + report.shown(picked.target()), asks)
                : item;
        picked.test().ifPresent(test -> test(Operand.item(asked), test, arguments));
        return new Type.Items(ItemFields.narrowed(picked, item));
    }

    private Type list(Node node, Type type, String filter) {
        if (type instanceof Type.Maybe) {
            report.possiblyNone(node, type);
        }
        Type there = type.present();
        boolean iterable = there.sort() == Sort.LIST || there.sort() == Sort.MAP || there.sort() == Sort.TEXT;
        if (!iterable && there.sort() != Sort.ANY) {
            report.mismatch(
                    report.at(node),
                    "a list before | " + filter,
                    "there is " + Operand.of(there, node).shown(report) + "; put [ ] around a single value");
        }
        return there;
    }
}
