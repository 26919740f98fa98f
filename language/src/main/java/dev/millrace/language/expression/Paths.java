package dev.millrace.language.expression;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Parts of an expression in the words of messages: {@code trigger.lines[0].account}. */
final class Paths {
    private static final int SHOWN = 12;

    private Paths() {}

    static String of(Node node) {
        return switch (node) {
            case Node.Name name -> name.name();
            case Node.Access access -> of(access.target()) + key(access.key());
            default -> "the value";
        };
    }

    private static String key(Node key) {
        if (!(key instanceof Node.Constant constant)) {
            return "[…]";
        }
        return constant.value().isString()
                ? "." + constant.value().stringValue()
                : "[" + constant.value().asString() + "]";
    }

    /** Names of fields, never their values: the message may reach a journal. */
    static String contents(JsonNode container) {
        if (container.isObject()) {
            List<String> names = List.copyOf(container.propertyNames());
            String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
            return names.isEmpty() ? "is an empty map" : "has " + shown + (names.size() > SHOWN ? ", …" : "");
        }
        return container.isArray()
                ? "has " + container.size() + " items"
                : "is " + Kind.of(container).words();
    }
}
