package dev.millrace.language.expression;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a part of an expression begins and ends in its text, brackets that belong to it included. Reads the text
 * anew, so it is made only when there is something to say of the part.
 *
 * @param offset characters from the start of the expression
 * @param length at least 1
 */
public record Extent(int offset, int length) {

    public static Extent of(String source, Node node) {
        List<Token> tokens = new Lexer(source, 0, false).tokens();
        int first = index(tokens, first(node));
        int last = index(tokens, last(node));
        return balanced(source, tokens, first, last);
    }

    /** The name of the field that an access reads, else the whole. */
    public static Extent ofField(String source, Node node) {
        if (node instanceof Node.Access access && access.key() instanceof Node.Constant key) {
            boolean quoted = key.value().isString() && "'\"".indexOf(source.charAt(key.offset())) >= 0;
            String written = key.value().asString();
            return quoted
                    ? new Extent(key.offset() + 1, Math.max(1, written.length()))
                    : new Extent(key.offset(), Math.max(1, written.length()));
        }
        return of(source, node);
    }

    /** The name of a filter or test. */
    public static Extent of(String source, Node.Call call) {
        boolean quoted = "'\"".indexOf(source.charAt(call.offset())) >= 0;
        return new Extent(
                call.offset() + (quoted ? 1 : 0), call.operation().name().length());
    }

    public String in(String source) {
        return source.substring(offset, Math.min(source.length(), offset + length));
    }

    private static Extent balanced(String source, List<Token> tokens, int first, int last) {
        int start = first;
        int end = last;
        int open = 0;
        for (int i = start; i <= end; i++) {
            open += weight(tokens.get(i));
            for (; open < 0; open++) {
                start = before(tokens, start);
            }
        }
        for (; open > 0 && end + 1 < tokens.size() - 1; ) {
            open += weight(tokens.get(++end));
        }
        while (tokens.get(end).kind() == Token.Kind.STRING
                && tokens.get(end + 1).kind() == Token.Kind.STRING) {
            end++;
        }
        int from = tokens.get(start).offset();
        int to = source.substring(0, tokens.get(end + 1).offset())
                .stripTrailing()
                .length();
        return new Extent(from, Math.max(1, to - from));
    }

    /** The bracket that opens what is closed within the part. */
    private static int before(List<Token> tokens, int start) {
        int open = -1;
        int at = start;
        while (open < 0 && at > 0) {
            open += weight(tokens.get(--at));
        }
        return at;
    }

    private static int weight(Token token) {
        if (token.kind() != Token.Kind.SYMBOL) {
            return 0;
        }
        return switch (token.text()) {
            case "(", "[", "{" -> 1;
            case ")", "]", "}" -> -1;
            default -> 0;
        };
    }

    private static int index(List<Token> tokens, int offset) {
        int at = 0;
        while (at + 2 < tokens.size() && tokens.get(at + 1).offset() <= offset) {
            at++;
        }
        return at;
    }

    private static int first(Node node) {
        return offsets(node).stream().min(Integer::compare).orElse(node.offset());
    }

    private static int last(Node node) {
        return offsets(node).stream().max(Integer::compare).orElse(node.offset());
    }

    private static List<Integer> offsets(Node node) {
        var offsets = new ArrayList<Integer>();
        Deque<Node> open = new ArrayDeque<>();
        open.push(node);
        while (!open.isEmpty()) {
            Node next = open.pop();
            offsets.add(next.offset());
            calls(next).forEach(call -> offsets.add(call.offset()));
            parts(next).forEach(open::push);
        }
        return offsets;
    }

    private static Stream<Node.Call> calls(Node node) {
        return switch (node) {
            case Node.Filtered filtered -> Stream.of(filtered.filter());
            case Node.Tested tested -> Stream.of(tested.test());
            case Node.MappedFilter mapped -> Stream.of(mapped.filter());
            case Node.Picked picked -> picked.test().stream();
            case Node.Plain plain -> Stream.empty();
            case Node.Name name -> Stream.empty();
            case Node.Access access -> Stream.empty();
            case Node.Not not -> Stream.empty();
            case Node.And and -> Stream.empty();
            case Node.Or or -> Stream.empty();
            case Node.Choice choice -> Stream.empty();
        };
    }

    private static Stream<Node> parts(Node node) {
        return switch (node) {
            case Node.Plain plain -> plain.parts().stream();
            case Node.Name name -> Stream.empty();
            case Node.Access access -> Stream.of(access.target(), access.key());
            case Node.Not not -> Stream.of(not.operand());
            case Node.And and -> Stream.of(and.left(), and.right());
            case Node.Or or -> Stream.of(or.left(), or.right());
            case Node.Choice choice ->
                Stream.concat(Stream.of(choice.condition(), choice.then()), choice.otherwise().stream());
            case Node.Filtered filtered ->
                with(filtered.target(), filtered.filter().arguments());
            case Node.Tested tested -> with(tested.target(), tested.test().arguments());
            case Node.MappedFilter mapped ->
                with(mapped.target(), mapped.filter().arguments());
            case Node.Picked picked ->
                Stream.concat(
                        with(picked.target(), List.of(picked.attribute())),
                        picked.test().stream()
                                .flatMap(test -> test.arguments().stream().flatMap(Optional::stream)));
        };
    }

    private static Stream<Node> with(Node target, List<Optional<Node>> arguments) {
        return Stream.concat(Stream.of(target), arguments.stream().flatMap(Optional::stream));
    }
}
