package dev.millrace.language.typing;

import dev.millrace.language.expression.Node;
import dev.millrace.language.expression.NodePath;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gives each part of a syntax tree its type. For one expression. */
final class Inference {
    private final TypeScope scope;
    private final Report report;
    private final Calculating calculating;
    private final Comparing comparing;
    private final Calls calls;
    private final Reading reading;

    Inference(TypeScope scope, Report report) {
        this.scope = scope;
        this.report = report;
        this.calculating = new Calculating(report);
        this.comparing = new Comparing(report);
        this.calls = new Calls(report, comparing);
        this.reading = new Reading(report);
    }

    Type of(Node tree) {
        return of(tree, Set.of());
    }

    /** @param present paths that have a value where the node stands, as a condition within the expression asked */
    private Type of(Node node, Set<List<String>> present) {
        return switch (node) {
            case Node.Constant constant -> Constants.type(constant.value());
            case Node.Name name -> name(name, present);
            case Node.Access access -> access(access, present);
            case Node.Slice slice -> slice(slice, present);
            case Node.ListOf list -> list(list, present);
            case Node.MapOf map -> map(map, present);
            case Node.Signed signed -> calculating.signed(signed, of(signed.operand(), present));
            case Node.Arithmetic arithmetic ->
                calculating.arithmetic(arithmetic, of(arithmetic.left(), present), of(arithmetic.right(), present));
            case Node.Concat concat -> concat(concat, present);
            case Node.Comparison comparison -> comparison(comparison, present);
            case Node.Not not -> {
                of(not.operand(), present);
                yield Types.TRUTH;
            }
            case Node.And and -> {
                Type left = of(and.left(), present);
                yield left.or(of(and.right(), with(present, Presence.when(and.left(), true))));
            }
            case Node.Or or -> {
                Type left = of(or.left(), present);
                Type right = of(or.right(), with(present, Presence.when(or.left(), false)));
                yield left instanceof Type.None ? right : left.present().or(right);
            }
            case Node.Choice choice -> choice(choice, present);
            case Node.Filtered filtered ->
                calls.filter(
                        Operand.of(of(filtered.target(), present), filtered.target()),
                        filtered.filter(),
                        arguments(filtered.filter(), present));
            case Node.Tested tested ->
                calls.test(
                        Operand.of(of(tested.target(), present), tested.target()),
                        tested.test(),
                        arguments(tested.test(), present));
            case Node.MappedAttribute mapped -> {
                Type target = of(mapped.target(), present);
                of(mapped.attribute(), present);
                Optional<Type> otherwise = mapped.otherwise().map(other -> of(other, present));
                yield calls.mapField(mapped, target, otherwise);
            }
            case Node.MappedFilter mapped ->
                calls.mapFilter(mapped, of(mapped.target(), present), arguments(mapped.filter(), present));
            case Node.Picked picked -> {
                Type target = of(picked.target(), present);
                picked.attribute().ifPresent(attribute -> of(attribute, present));
                List<Optional<Type>> arguments =
                        picked.test().map(test -> arguments(test, present)).orElse(List.of());
                yield calls.pick(picked, target, arguments);
            }
        };
    }

    private List<Optional<Type>> arguments(Node.Call call, Set<List<String>> present) {
        return call.arguments().stream()
                .map(argument -> argument.map(node -> of(node, present)))
                .toList();
    }

    private Type name(Node.Name name, Set<List<String>> present) {
        if (name.name().equals("now")) {
            return Types.text(Type.Form.DATETIME);
        }
        Type type = scope.root(name.name()).orElse(Types.ANY);
        return isPresent(name, present) ? type.certain() : type;
    }

    private boolean isPresent(Node node, Set<List<String>> present) {
        return NodePath.of(node)
                .filter(path -> present.contains(path) || scope.isPresent(path))
                .isPresent();
    }

    private Type access(Node.Access access, Set<List<String>> present) {
        Type target = of(access.target(), present);
        Type key = of(access.key(), present);
        if (isPresent(access, present)) {
            return reading.field(access, target.present(), key, true).certain();
        }
        return reading.field(access, target, key, isPresent(access.target(), present));
    }

    private Type slice(Node.Slice slice, Set<List<String>> present) {
        Type target = reading.there(slice.target(), of(slice.target(), present));
        List.of(slice.from(), slice.to(), slice.step())
                .forEach(bound -> bound.ifPresent(node -> reading.bound(node, of(node, present))));
        return reading.slice(slice, target);
    }

    private Type list(Node.ListOf list, Set<List<String>> present) {
        return list.items().stream()
                .map(item -> of(item, present))
                .reduce(Type::or)
                .<Type>map(Type.Items::new)
                .orElse(Types.NO_ITEMS);
    }

    private Type map(Node.MapOf map, Set<List<String>> present) {
        Map<String, Type> types = new LinkedHashMap<>();
        boolean open = false;
        for (Node.Entry entry : map.entries()) {
            Type key = of(entry.key(), present);
            Type value = of(entry.value(), present);
            if (entry.key() instanceof Node.Constant constant
                    && constant.value().isString()) {
                types.put(constant.value().stringValue(), value);
            } else {
                reading.key(entry.key(), key);
                open = true;
            }
        }
        return new Type.Mapping(Fields.of(types, open));
    }

    private Type concat(Node.Concat concat, Set<List<String>> present) {
        for (Node part : concat.parts()) {
            reading.there(part, of(part, present));
        }
        return Types.TEXT;
    }

    private Type comparison(Node.Comparison comparison, Set<List<String>> present) {
        Operand left = Operand.of(of(comparison.first(), present), comparison.first());
        boolean single = comparison.links().size() == 1;
        for (Node.Link link : comparison.links()) {
            Operand right = Operand.of(of(link.right(), present), link.right());
            Operand before = left;
            comparing.check(
                    left, link.relation(), right, () -> single ? report.at(comparison) : report.between(before, right));
            left = right.with(right.type());
        }
        return Types.TRUTH;
    }

    private Type choice(Node.Choice choice, Set<List<String>> present) {
        of(choice.condition(), present);
        Type then = of(choice.then(), with(present, Presence.when(choice.condition(), true)));
        if (choice.otherwise().isEmpty()) {
            return then.orUndefined();
        }
        return then.or(of(choice.otherwise().get(), with(present, Presence.when(choice.condition(), false))));
    }

    private static Set<List<String>> with(Set<List<String>> present, Set<List<String>> more) {
        if (more.isEmpty()) {
            return present;
        }
        Set<List<String>> both = new HashSet<>(present);
        both.addAll(more);
        return both;
    }
}
