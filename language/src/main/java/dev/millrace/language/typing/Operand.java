package dev.millrace.language.typing;

import dev.millrace.language.expression.Extent;
import dev.millrace.language.expression.Node;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A value that takes part in an operation.
 *
 * @param node absent for an item of a list, of which only the type is known
 */
record Operand(Type type, Optional<Node> node) {

    static Operand of(Type type, Node node) {
        return new Operand(type, Optional.of(node));
    }

    static Operand item(Type type) {
        return new Operand(type, Optional.empty());
    }

    /** For messages: {@code trigger.status (a text)}, {@code the number 5}, {@code an item (a text)}. */
    String shown(Report report) {
        if (type.present() instanceof Type.None) {
            return "none";
        }
        String name = node.isPresent() ? report.shown(node.get()) : "an item of the list";
        return type.sort() == Type.Sort.ANY ? name : name + " (" + type.inWords() + ")";
    }

    String name(Report report) {
        return node.isPresent() ? report.shown(node.get()) : "the items";
    }

    Extent at(Report report, Supplier<Extent> otherwise) {
        return node.map(report::at).orElseGet(otherwise);
    }

    Operand with(Type other) {
        return new Operand(other, node);
    }
}
