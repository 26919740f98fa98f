package dev.millrace.language.expression;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The path that a node reads: names and constant keys from a root on. */
public final class NodePath {
    private NodePath() {}

    /** Empty for a computed key, and for whatever is not read by a path. */
    public static Optional<List<String>> of(Node node) {
        return switch (node) {
            case Node.Name name -> Optional.of(List.of(name.name()));
            case Node.Access access ->
                access.key() instanceof Node.Constant key
                        ? of(access.target())
                                .map(front -> with(front, key.value().asString()))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static List<String> with(List<String> front, String last) {
        return Stream.concat(front.stream(), Stream.of(last)).toList();
    }
}
