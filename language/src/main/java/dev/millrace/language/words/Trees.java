package dev.millrace.language.words;

import dev.millrace.language.expression.Node;
import java.util.Optional;

/** Looks into syntax trees. */
public final class Trees {
    private Trees() {}

    /** The text of a constant, if it is one. */
    public static Optional<String> text(Node node) {
        return node instanceof Node.Constant constant && constant.value().isString()
                ? Optional.of(constant.value().stringValue())
                : Optional.empty();
    }

    public static boolean isNone(Node node) {
        return node instanceof Node.Constant constant && constant.value().isNull();
    }
}
