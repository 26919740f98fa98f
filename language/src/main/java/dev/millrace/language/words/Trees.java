package dev.millrace.language.words;

import dev.millrace.language.expression.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks into syntax trees. */
final class Trees {
    private Trees() {}

    /** Names and constant keys from a root on; empty for anything else. */
    static Optional<List<String>> path(Node node) {
        return switch (node) {
            case Node.Name name -> Optional.of(List.of(name.name()));
            case Node.Access access ->
                access.key() instanceof Node.Constant key
                        ? path(access.target()).map(front -> with(front, key.value().asString()))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static List<String> with(List<String> front, String last) {
        List<String> whole = new ArrayList<>(front);
        whole.add(last);
        return List.copyOf(whole);
    }

    /** The text of a constant, if it is one. */
    static Optional<String> text(Node node) {
        return node instanceof Node.Constant constant && constant.value().isString()
                ? Optional.of(constant.value().stringValue())
                : Optional.empty();
    }

    static boolean isNone(Node node) {
        return node instanceof Node.Constant constant && constant.value().isNull();
    }
}
