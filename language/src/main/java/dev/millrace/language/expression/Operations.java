package dev.millrace.language.expression;

import dev.millrace.language.expression.Node.Call;
import dev.millrace.language.expression.Operation.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.StringNode;

/** Parses filters and tests, looks them up, and puts their arguments in order. */
public final class Operations {
    private static final Map<String, Operation> FILTERS = Operation.byName(
            Stream.of(ValueFilters.ALL, TextFilters.ALL, ListFilters.ALL, NumberFilters.ALL, DateFilters.ALL)
                    .flatMap(List::stream)
                    .toList());
    private static final Map<String, Operation> TESTS = Operation.byName(IsTests.ALL);

    /** Their arguments name other filters, tests and fields, so they are parts of the syntax. */
    private static final Set<String> OVER_ITEMS = Set.of("map", "select", "reject", "selectattr", "rejectattr");

    private static final Set<String> ENDS_TEST = Set.of("and", "or", "else", "if", "is", "in", "not");

    private final Tokens tokens;
    private final Parser parser;

    Operations(Tokens tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    /** Those that look at a value as a whole, by name. */
    public static Map<String, Operation> filters() {
        return FILTERS;
    }

    /** By name, signs among them. */
    public static Map<String, Operation> tests() {
        return TESTS;
    }

    private record Argument(Optional<String> name, Node value) {}

    Node filter(Node target) {
        int offset = tokens.take().offset();
        Token name = tokens.current();
        tokens.name("the name of a filter after '|'");
        if (OVER_ITEMS.contains(name.text())) {
            return overItems(target, name, tokens.current().is("(") ? arguments() : List.of());
        }
        Operation filter = find(name.text(), name.offset(), FILTERS, "filter");
        return new Node.Filtered(
                target, bind(filter, tokens.current().is("(") ? arguments() : List.of(), name.offset()), offset);
    }

    Node test(Node target) {
        int offset = tokens.take().offset();
        boolean negated = tokens.skip("not");
        Token name = tokens.current();
        tokens.name("the name of a test after 'is'");
        Operation test = find(name.text(), name.offset(), TESTS, "test");
        if (tokens.current().is("is")) {
            throw tokens.unexpected("one test", "join two tests with 'and'");
        }
        List<Argument> arguments = List.of();
        if (tokens.current().is("(")) {
            arguments = arguments();
        } else if (beginsArgument(tokens.current())) {
            arguments = List.of(new Argument(Optional.empty(), parser.bareArgument()));
        }
        return new Node.Tested(target, negated, bind(test, arguments, name.offset()), offset);
    }

    private static boolean beginsArgument(Token token) {
        return switch (token.kind()) {
            case NAME -> !ENDS_TEST.contains(token.text());
            case STRING, NUMBER -> true;
            case SYMBOL -> token.is("[") || token.is("{");
            case END -> false;
        };
    }

    private List<Argument> arguments() {
        tokens.take();
        List<Argument> arguments = new ArrayList<>();
        while (!tokens.current().is(")")) {
            boolean named =
                    tokens.current().kind() == Token.Kind.NAME && tokens.after().is("=");
            if (!named && !arguments.isEmpty() && arguments.getLast().name().isPresent()) {
                throw tokens.unexpected("a named argument after a named one", "put it in front");
            }
            Optional<String> name = named ? Optional.of(tokens.take().text()) : Optional.empty();
            if (named) {
                tokens.take();
            }
            arguments.add(new Argument(name, parser.expression()));
            if (!tokens.skip(",")) {
                break;
            }
        }
        tokens.expect(")", "after the arguments");
        return arguments;
    }

    private static Operation find(String name, int offset, Map<String, Operation> known, String kind) {
        Operation found = known.get(name);
        if (found == null) {
            String nearest = Nearest.to(name, names(known, kind))
                    .map(n -> "; did you mean '" + n + "'?")
                    .orElse("");
            throw new SyntaxFault(
                    "unknown_" + kind,
                    offset,
                    "Expected the name of a " + kind + ", but there is no " + kind + " '" + name + "'"
                            + (nearest.isEmpty() ? "; the documentation lists them" : nearest));
        }
        return found;
    }

    private static Set<String> names(Map<String, Operation> known, String kind) {
        Set<String> names = new HashSet<>(known.keySet());
        names.addAll(kind.equals("filter") ? OVER_ITEMS : Set.of());
        return names;
    }

    private static Call bind(Operation operation, List<Argument> arguments, int offset) {
        List<Parameter> parameters = operation.parameters();
        List<Optional<Node>> bound = new ArrayList<>(Collections.nCopies(parameters.size(), Optional.empty()));
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            int position =
                    argument.name().map(name -> position(parameters, name)).orElse(i);
            if (position < 0
                    || position >= parameters.size()
                    || bound.get(position).isPresent()) {
                throw mismatch(operation, argument.value().offset());
            }
            bound.set(position, Optional.of(argument.value()));
        }
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).required() && bound.get(i).isEmpty()) {
                throw mismatch(operation, offset);
            }
        }
        return new Call(operation, List.copyOf(bound), offset);
    }

    private static int position(List<Parameter> parameters, String name) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static SyntaxFault mismatch(Operation operation, int offset) {
        List<String> names = operation.parameters().stream()
                .map(parameter -> parameter.required() ? parameter.name() : "[" + parameter.name() + "]")
                .toList();
        String form = names.isEmpty() ? "no arguments" : "(" + String.join(", ", names) + ")";
        return new SyntaxFault(
                SyntaxFault.SYNTAX,
                offset,
                "Expected " + form + " for '" + operation.name()
                        + "', but there are others; change the arguments, those in [ ] may be left out");
    }

    private Node overItems(Node target, Token filter, List<Argument> arguments) {
        boolean map = filter.text().equals("map");
        if (map && !arguments.isEmpty() && arguments.getFirst().name().isPresent()) {
            Operation form = Operation.filter("map", (value, none) -> value, "attribute", "default?");
            Call call = bind(form, arguments, filter.offset());
            return new Node.MappedAttribute(
                    target,
                    call.arguments().getFirst().orElseThrow(),
                    call.arguments().get(1),
                    filter.offset());
        }
        if (map) {
            return new Node.MappedFilter(target, named(arguments, 0, FILTERS, filter), filter.offset());
        }
        boolean byAttribute = filter.text().endsWith("attr");
        if (byAttribute && arguments.isEmpty()) {
            throw missing(filter, "a field in quotes");
        }
        Optional<Node> attribute =
                byAttribute ? Optional.of(arguments.getFirst().value()) : Optional.empty();
        int first = byAttribute ? 1 : 0;
        Optional<Call> test =
                arguments.size() > first ? Optional.of(named(arguments, first, TESTS, filter)) : Optional.empty();
        return new Node.Picked(target, filter.text().startsWith("select"), attribute, test, filter.offset());
    }

    /** The name must be a literal, so that an unknown one is found when the definition is saved. */
    private static Call named(List<Argument> arguments, int at, Map<String, Operation> known, Token filter) {
        String kind = filter.text().equals("map") ? "filter" : "test";
        if (arguments.size() <= at
                || !(arguments.get(at).value() instanceof Node.Constant constant)
                || !(constant.value() instanceof StringNode name)) {
            throw missing(filter, "the name of a " + kind + " in quotes");
        }
        Operation operation = find(name.stringValue(), constant.offset(), known, kind);
        return bind(operation, arguments.subList(at + 1, arguments.size()), constant.offset());
    }

    private static SyntaxFault missing(Token filter, String expected) {
        return new SyntaxFault(
                SyntaxFault.SYNTAX,
                filter.offset(),
                "Expected " + expected + " as argument of '" + filter.text() + "', but there is something else; write "
                        + (filter.text().equals("map")
                                ? "map('upper') or map(attribute='name')"
                                : filter.text() + "('…')"));
    }
}
