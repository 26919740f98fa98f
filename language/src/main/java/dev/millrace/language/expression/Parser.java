package dev.millrace.language.expression;

import dev.millrace.language.expression.Node.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.DecimalNode;

/** A Pratt parser for Jinja2's expressions. One use; throws {@link SyntaxFault}. */
final class Parser {
    private final Tokens tokens;
    private final Primaries primaries;
    private final Operations operations;
    private int nesting;

    private Parser(List<Token> tokens) {
        this.tokens = new Tokens(tokens);
        this.primaries = new Primaries(this.tokens, this);
        this.operations = new Operations(this.tokens, this);
    }

    /** @param tokens of one whole expression, the last one END */
    static Node parse(List<Token> tokens) {
        Parser parser = new Parser(tokens);
        Node node = parser.expression();
        if (parser.tokens.current().kind() != Token.Kind.END) {
            throw parser.tokens.unexpected(
                    "an operator, a filter or the end", "remove it, or join two values with an operator");
        }
        return node;
    }

    Node expression() {
        enter();
        Node value = binary(Infix.OR);
        while (tokens.current().is("if")) {
            int offset = tokens.take().offset();
            Node condition = binary(Infix.OR);
            Optional<Node> otherwise = tokens.skip("else") ? Optional.of(expression()) : Optional.empty();
            value = new Node.Choice(condition, value, otherwise, offset);
        }
        nesting--;
        return value;
    }

    private void enter() {
        if (++nesting > Limits.NESTING) {
            throw tokens.fault(
                    SyntaxFault.LIMIT,
                    "Expected at most " + Limits.NESTING + " brackets and signs within each other, but there are more; "
                            + "split the expression into two steps");
        }
    }

    private Node binary(int floor) {
        Node left = floor <= Infix.NOT && tokens.current().is("not") ? not() : unary(true);
        while (true) {
            Optional<Infix> infix = Infix.of(tokens.current(), tokens.after());
            if (infix.isEmpty() || infix.get().power() < floor) {
                return left;
            }
            left = join(left, infix.get());
        }
    }

    private Node join(Node left, Infix infix) {
        int offset = tokens.current().offset();
        return switch (infix) {
            case Infix.Compare compare -> comparison(left, offset);
            case Infix.Join join -> concat(left, offset);
            case Infix.Logic logic -> {
                tokens.take();
                Node right = binary(logic.power() + 1);
                yield logic.and() ? new Node.And(left, right, offset) : new Node.Or(left, right, offset);
            }
            case Infix.Calculate calculate -> {
                tokens.take();
                yield new Node.Arithmetic(calculate.operator(), left, binary(calculate.power() + 1), offset);
            }
        };
    }

    private Node comparison(Node first, int offset) {
        List<Link> links = new ArrayList<>();
        while (Infix.of(tokens.current(), tokens.after()).orElse(new Infix.Join()) instanceof Infix.Compare compare) {
            Token sign = tokens.take();
            if (sign.is("not")) {
                tokens.take();
            }
            links.add(new Link(compare.relation(), binary(Infix.SUM), sign.offset()));
        }
        return new Node.Comparison(first, links, offset);
    }

    private Node concat(Node first, int offset) {
        List<Node> parts = new ArrayList<>(List.of(first));
        while (tokens.skip("~")) {
            parts.add(binary(Infix.PRODUCT));
        }
        return new Node.Concat(parts, offset);
    }

    private Node not() {
        enter();
        int offset = tokens.take().offset();
        Node operand = tokens.current().is("not") ? not() : binary(Infix.COMPARISON);
        nesting--;
        return new Node.Not(operand, offset);
    }

    /** A sign binds tighter than a filter and than {@code **}: {@code -2 ** 2} is 4 and {@code -2|abs} is 2. */
    private Node unary(boolean withFilters) {
        Node node;
        if (tokens.current().is("-") || tokens.current().is("+")) {
            enter();
            Token sign = tokens.take();
            node = signed(sign.is("-"), unary(false), sign.offset());
            nesting--;
        } else {
            node = primaries.primary();
        }
        node = primaries.postfix(node);
        return withFilters ? filters(node) : node;
    }

    /** A negative number is a constant, so that {@code lines[-1]} is a path. */
    private static Node signed(boolean negative, Node operand, int offset) {
        if (operand instanceof Node.Constant constant && constant.value() instanceof DecimalNode number) {
            return new Node.Constant(
                    negative ? DecimalNode.valueOf(number.decimalValue().negate()) : number, offset);
        }
        return new Node.Signed(negative, operand, offset);
    }

    private Node filters(Node target) {
        Node node = target;
        while (true) {
            if (tokens.current().is("|")) {
                node = operations.filter(node);
            } else if (tokens.current().is("is")) {
                node = operations.test(node);
            } else if (tokens.current().is("(")) {
                throw primaries.call(node);
            } else {
                return node;
            }
        }
    }

    /** The argument of a test without parentheses: {@code is divisibleby 3}. */
    Node bareArgument() {
        return primaries.postfix(primaries.primary());
    }
}
