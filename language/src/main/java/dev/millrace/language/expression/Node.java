package dev.millrace.language.expression;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A part of a parsed expression. Offsets are characters from the start of the expression. */
public sealed interface Node {
    int offset();

    /** All its parts are evaluated, whatever their values. */
    sealed interface Plain extends Node {
        List<Node> parts();
    }

    record Constant(JsonNode value, int offset) implements Plain {
        @Override
        public List<Node> parts() {
            return List.of();
        }
    }

    record Name(String name, int offset) implements Node {}

    /** {@code target.key} and {@code target[key]}. */
    record Access(Node target, Node key, int offset) implements Node {}

    record Slice(Node target, Optional<Node> from, Optional<Node> to, Optional<Node> step, int offset)
            implements Plain {
        @Override
        public List<Node> parts() {
            return Stream.of(Optional.of(target), from, to, step)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    record ListOf(List<Node> items, int offset) implements Plain {
        @Override
        public List<Node> parts() {
            return items;
        }
    }

    record MapOf(List<Entry> entries, int offset) implements Plain {
        @Override
        public List<Node> parts() {
            return entries.stream()
                    .flatMap(entry -> Stream.of(entry.key(), entry.value()))
                    .toList();
        }
    }

    record Entry(Node key, Node value) {}

    record Signed(boolean negative, Node operand, int offset) implements Plain {
        @Override
        public List<Node> parts() {
            return List.of(operand);
        }
    }

    record Arithmetic(Operator operator, Node left, Node right, int offset) implements Plain {
        @Override
        public List<Node> parts() {
            return List.of(left, right);
        }
    }

    record Concat(List<Node> parts, int offset) implements Plain {}

    /** {@code a < b <= c}: each operand is evaluated once. */
    record Comparison(Node first, List<Link> links, int offset) implements Plain {
        @Override
        public List<Node> parts() {
            return Stream.concat(Stream.of(first), links.stream().map(Link::right))
                    .toList();
        }
    }

    record Link(Relation relation, Node right, int offset) {}

    record Not(Node operand, int offset) implements Node {}

    record And(Node left, Node right, int offset) implements Node {}

    record Or(Node left, Node right, int offset) implements Node {}

    /** {@code then if condition else otherwise}. */
    record Choice(Node condition, Node then, Optional<Node> otherwise, int offset) implements Node {}

    record Filtered(Node target, Call filter, int offset) implements Node {}

    record Tested(Node target, boolean negated, Call test, int offset) implements Node {}

    /** {@code target | map(attribute=…, default=…)}. */
    record MappedAttribute(Node target, Node attribute, Optional<Node> otherwise, int offset) implements Plain {
        @Override
        public List<Node> parts() {
            return Stream.of(Optional.of(target), Optional.of(attribute), otherwise)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    /** {@code target | map('filter', …)}. */
    record MappedFilter(Node target, Call filter, int offset) implements Node {}

    /** {@code select, reject, selectattr, rejectattr}; without a test the truth of the item decides. */
    record Picked(Node target, boolean keep, Optional<Node> attribute, Optional<Call> test, int offset)
            implements Node {}

    /** @param arguments one per parameter of the operation, in its order */
    record Call(Operation operation, List<Optional<Node>> arguments, int offset) {
        public String name() {
            return operation.name();
        }
    }

    enum Operator {
        PLUS("+"),
        MINUS("-"),
        TIMES("*"),
        DIVIDE("/"),
        FLOOR_DIVIDE("//"),
        REMAINDER("%"),
        POWER("**");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    enum Relation {
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        IN("in"),
        NOT_IN("not in");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }
}
