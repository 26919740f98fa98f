package dev.millrace.language.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** Parses names, literals, brackets, and what follows a value without a space: fields and indexes. */
final class Primaries {
    private static final Set<String> RESERVED = Set.of("and", "or", "not", "in", "is", "if", "else");

    private final Tokens tokens;
    private final Parser parser;

    Primaries(Tokens tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    Node primary() {
        Token token = tokens.current();
        return switch (token.kind()) {
            case NAME -> name();
            case NUMBER -> new Node.Constant(number(tokens.take()), token.offset());
            case STRING -> new Node.Constant(string(), token.offset());
            case SYMBOL ->
                switch (token.text()) {
                    case "(" -> parenthesis();
                    case "[" -> list();
                    case "{" -> map();
                    default -> throw unexpected();
                };
            case END -> throw unexpected();
        };
    }

    private SyntaxFault unexpected() {
        return tokens.unexpected("a value: a name, a number, a text in quotes or a bracket", "write one here");
    }

    private Node name() {
        Token token = tokens.current();
        if (RESERVED.contains(token.text())) {
            throw unexpected();
        }
        Node node = constant(token.text())
                .map(value -> (Node) new Node.Constant(value, token.offset()))
                .orElseGet(() -> new Node.Name(visible(token), token.offset()));
        tokens.take();
        return node;
    }

    private static Optional<JsonNode> constant(String word) {
        return switch (word) {
            case "true", "True" -> Optional.of(BooleanNode.TRUE);
            case "false", "False" -> Optional.of(BooleanNode.FALSE);
            case "none", "None" -> Optional.of(NullNode.getInstance());
            default -> Optional.empty();
        };
    }

    private static String visible(Token token) {
        if (token.text().startsWith("_")) {
            throw new SyntaxFault(
                    SyntaxFault.NAME,
                    token.offset(),
                    "Expected the name of a field, but there is '" + token.text()
                            + "'; names that begin with _ are not in sight, name a field of the data");
        }
        return token.text();
    }

    private JsonNode number(Token token) {
        BigDecimal value;
        try {
            value = new BigDecimal(token.text().replace("_", ""));
        } catch (NumberFormatException beyondIntegerExponent) {
            throw tooLong(token);
        }
        if (!Numbers.fits(value)) {
            throw tooLong(token);
        }
        return DecimalNode.valueOf(value);
    }

    private static SyntaxFault tooLong(Token token) {
        return new SyntaxFault(
                SyntaxFault.LIMIT,
                token.offset(),
                "Expected a number of at most " + Limits.DIGITS
                        + " digits before and after the point, but this one has more; write a smaller one");
    }

    private JsonNode string() {
        StringBuilder text = new StringBuilder();
        while (tokens.current().kind() == Token.Kind.STRING) {
            text.append(tokens.take().text());
        }
        return StringNode.valueOf(text.toString());
    }

    private Node parenthesis() {
        int offset = tokens.take().offset();
        List<Node> items = new ArrayList<>();
        boolean tuple = tokens.current().is(")");
        while (!tokens.current().is(")")) {
            items.add(parser.expression());
            if (!tokens.skip(",")) {
                break;
            }
            tuple = true;
        }
        tokens.expect(")", "to close the parenthesis at character " + offset);
        return tuple ? new Node.ListOf(items, offset) : items.getFirst();
    }

    private Node list() {
        int offset = tokens.take().offset();
        List<Node> items = new ArrayList<>();
        while (!tokens.current().is("]")) {
            items.add(parser.expression());
            if (!tokens.skip(",")) {
                break;
            }
        }
        tokens.expect("]", "to close the list that begins at character " + offset);
        return new Node.ListOf(items, offset);
    }

    private Node map() {
        int offset = tokens.take().offset();
        List<Node.Entry> entries = new ArrayList<>();
        while (!tokens.current().is("}")) {
            Node key = parser.expression();
            tokens.expect(":", "between key and value of a map");
            entries.add(new Node.Entry(key, parser.expression()));
            if (!tokens.skip(",")) {
                break;
            }
        }
        tokens.expect("}", "to close the map that begins at character " + offset);
        return new Node.MapOf(entries, offset);
    }

    Node postfix(Node target) {
        Node node = target;
        while (true) {
            if (tokens.current().is(".")) {
                node = field(node);
            } else if (tokens.current().is("[")) {
                node = subscript(node);
            } else if (tokens.current().is("(")) {
                throw call(node);
            } else {
                return node;
            }
        }
    }

    SyntaxFault call(Node called) {
        String name = called instanceof Node.Constant ? "a value" : Paths.of(called);
        return tokens.fault(
                SyntaxFault.CALL,
                "Expected a field or a filter, but " + name
                        + " is called with ( ); methods and functions are not allowed, use a filter: value | name(…)");
    }

    private Node field(Node target) {
        int offset = tokens.take().offset();
        Token token = tokens.current();
        if (token.kind() == Token.Kind.NUMBER) {
            return new Node.Access(target, new Node.Constant(number(tokens.take()), token.offset()), offset);
        }
        tokens.name("the name of a field after '.'");
        hasFields(target, token);
        return new Node.Access(target, new Node.Constant(StringNode.valueOf(visible(token)), token.offset()), offset);
    }

    /** A text or a number has no fields; whoever asks for one is after a method of the host. */
    private static void hasFields(Node target, Token name) {
        if (target instanceof Node.Constant constant) {
            throw new SyntaxFault(
                    SyntaxFault.NAME,
                    name.offset(),
                    "Expected a map before ." + name.text() + ", but there is "
                            + Kind.of(constant.value()).words() + ", which has no fields; use a filter");
        }
    }

    private Node subscript(Node target) {
        int offset = tokens.take().offset();
        Optional<Node> first = tokens.current().is(":") ? Optional.empty() : Optional.of(parser.expression());
        Node node =
                tokens.current().is(":") ? slice(target, first, offset) : element(target, first.orElseThrow(), offset);
        tokens.expect("]", "to close the bracket at character " + offset);
        return node;
    }

    private static Node element(Node target, Node key, int offset) {
        if (key instanceof Node.Constant constant && constant.value().isString()) {
            Token name = new Token(Token.Kind.NAME, constant.value().stringValue(), key.offset());
            visible(name);
            hasFields(target, name);
        }
        return new Node.Access(target, key, offset);
    }

    private Node slice(Node target, Optional<Node> from, int offset) {
        tokens.take();
        Optional<Node> to = bound();
        Optional<Node> step = tokens.skip(":") ? bound() : Optional.empty();
        return new Node.Slice(target, from, to, step, offset);
    }

    private Optional<Node> bound() {
        boolean written = !tokens.current().is("]") && !tokens.current().is(":");
        return written ? Optional.of(parser.expression()) : Optional.empty();
    }
}
