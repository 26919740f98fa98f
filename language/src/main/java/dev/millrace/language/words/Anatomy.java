package dev.millrace.language.words;

import dev.millrace.language.expression.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Syntax trees taken apart, so that two can be compared wherever they stand in their texts. */
final class Anatomy {
    private Anatomy() {}

    /** The same expression, offsets apart. */
    static boolean same(Node one, Node other) {
        List<Node> a = parts(one);
        List<Node> b = parts(other);
        if (!own(one).equals(own(other)) || a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** What the node says itself, without its parts. */
    static List<Object> own(Node node) {
        return switch (node) {
            case Node.Constant constant ->
                constant.value().isNumber()
                        ? List.of("number", constant.value().decimalValue().stripTrailingZeros())
                        : List.of("constant", constant.value());
            case Node.Name name -> List.of("name", name.name());
            case Node.Access access -> List.of("access");
            case Node.Slice slice ->
                List.of("slice", slice.from().isPresent(), slice.to().isPresent(), slice.step().isPresent());
            case Node.ListOf list -> List.of("list");
            case Node.MapOf map -> List.of("map");
            case Node.Signed signed -> List.of("signed", signed.negative());
            case Node.Arithmetic arithmetic -> List.of("arithmetic", arithmetic.operator());
            case Node.Concat concat -> List.of("concat");
            case Node.Comparison comparison ->
                List.of(
                        "comparison",
                        comparison.links().stream().map(Node.Link::relation).toList());
            case Node.Not not -> List.of("not");
            case Node.And and -> List.of("and");
            case Node.Or or -> List.of("or");
            case Node.Choice choice -> List.of("choice", choice.otherwise().isPresent());
            case Node.Filtered filtered -> List.of("filtered", call(filtered.filter()));
            case Node.Tested tested -> List.of("tested", tested.negated(), call(tested.test()));
            case Node.MappedAttribute mapped -> List.of("mapped", mapped.otherwise().isPresent());
            case Node.MappedFilter mapped -> List.of("mapped by", call(mapped.filter()));
            case Node.Picked picked ->
                List.of(
                        "picked",
                        picked.keep(),
                        picked.attribute().isPresent(),
                        picked.test().map(Anatomy::call).orElse(List.of()));
        };
    }

    /** The name and which arguments are given. */
    private static List<Object> call(Node.Call call) {
        return List.of(call.name(), call.arguments().stream().map(Optional::isPresent).toList());
    }

    static List<Node> parts(Node node) {
        return switch (node) {
            case Node.Plain plain -> plain.parts();
            case Node.Name name -> List.of();
            case Node.Access access -> List.of(access.target(), access.key());
            case Node.Not not -> List.of(not.operand());
            case Node.And and -> List.of(and.left(), and.right());
            case Node.Or or -> List.of(or.left(), or.right());
            case Node.Choice choice ->
                Stream.concat(Stream.of(choice.condition(), choice.then()), choice.otherwise().stream())
                        .toList();
            case Node.Filtered filtered -> with(filtered.target(), filtered.filter());
            case Node.Tested tested -> with(tested.target(), tested.test());
            case Node.MappedFilter mapped -> with(mapped.target(), mapped.filter());
            case Node.Picked picked -> {
                List<Node> parts = new ArrayList<>(List.of(picked.target()));
                picked.attribute().ifPresent(parts::add);
                picked.test().ifPresent(test -> parts.addAll(given(test)));
                yield parts;
            }
        };
    }

    private static List<Node> with(Node target, Node.Call call) {
        List<Node> parts = new ArrayList<>(List.of(target));
        parts.addAll(given(call));
        return parts;
    }

    private static List<Node> given(Node.Call call) {
        return call.arguments().stream().flatMap(Optional::stream).toList();
    }
}
