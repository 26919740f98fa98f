package dev.millrace.language.words;

import dev.millrace.language.expression.Node;
import dev.millrace.language.expression.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Expressions as nouns: the total amount minus the tax amount. Empty where there are no readable words. */
final class ValueWords {
    /** What these filters give is of the same kind as what they are given. */
    private static final Set<String> SAME_KIND =
            Set.of("abs", "if_none", "default", "d", "round", "float", "int", "sum", "min", "max", "first", "last");

    private final ExpressionWords words;
    private final Messages messages;

    ValueWords(ExpressionWords words) {
        this.words = words;
        this.messages = words.messages;
    }

    Optional<String> value(Node node) {
        return value(node, Measure.PLAIN);
    }

    /** @param measure how a bare number is written here */
    Optional<String> value(Node node, Measure measure) {
        Optional<List<String>> path = NodePath.of(node);
        if (path.isPresent()) {
            return Optional.of(words.paths.of(path.get()));
        }
        return switch (node) {
            case Node.Constant constant -> Optional.of(words.literals.of(constant.value(), measure));
            case Node.Signed signed -> signed(signed, measure);
            case Node.ListOf list -> all(list.items(), measure).map(messages::and);
            case Node.Arithmetic arithmetic -> arithmetic(arithmetic);
            case Node.Filtered filtered -> filtered(filtered);
            case Node.MappedAttribute mapped -> mapped(mapped);
            case Node.Choice choice -> choice(choice, measure);
            case Node.Concat concat ->
                all(concat.parts(), measure).map(parts -> String.join(messages.say("value.joined"), parts));
            case Node.Or or ->
                value(or.left(), measure)
                        .flatMap(
                                left -> value(or.right(), measure).map(right -> messages.say("value.or", left, right)));
            case Node.Comparison comparison -> whether(comparison);
            case Node.Tested tested -> whether(tested);
            case Node.Not not -> whether(not);
            case Node.Picked picked -> picked(picked);
            default -> Optional.empty();
        };
    }

    private Optional<String> whether(Node node) {
        return words.conditions.clause(node, true).map(clause -> messages.say("value.whether", clause));
    }

    private Optional<String> signed(Node.Signed signed, Measure measure) {
        if (signed.operand() instanceof Node.Constant constant
                && constant.value().isNumber()) {
            var number = constant.value().decimalValue();
            return Optional.of(words.literals.number(signed.negative() ? number.negate() : number, measure));
        }
        return value(signed.operand(), measure)
                .map(inner -> signed.negative() ? messages.say("value.minus", inner) : inner);
    }

    private Optional<String> arithmetic(Node.Arithmetic arithmetic) {
        Measure measure = measure(arithmetic.left());
        Measure other = measure == Measure.PLAIN ? measure(arithmetic.right()) : measure;
        boolean sum = arithmetic.operator() == Node.Operator.PLUS || arithmetic.operator() == Node.Operator.MINUS;
        Measure numbers = sum ? other : Measure.PLAIN;
        return operand(arithmetic.left(), numbers)
                .flatMap(left -> operand(arithmetic.right(), numbers)
                        .map(right -> messages.say(
                                "arithmetic." + arithmetic.operator().name().toLowerCase(java.util.Locale.ROOT),
                                left,
                                right)));
    }

    /** Nested arithmetic keeps its parentheses. */
    private Optional<String> operand(Node node, Measure measure) {
        Optional<String> inner = value(node, measure);
        return node instanceof Node.Arithmetic ? inner.map(text -> "(" + text + ")") : inner;
    }

    private Optional<String> filtered(Node.Filtered filtered) {
        String key = "filter." + filtered.filter().name();
        if (messages.pattern(key).isEmpty()) {
            return Optional.empty();
        }
        Measure measure = measure(filtered.target());
        Optional<String> target = value(filtered.target(), measure);
        Optional<List<String>> arguments = arguments(filtered.filter().arguments(), measure);
        return target.flatMap(what -> arguments.map(given -> {
            List<String> parts = new ArrayList<>(List.of(what));
            parts.addAll(given);
            return messages.say(key, parts.toArray(String[]::new));
        }));
    }

    private Optional<List<String>> arguments(List<Optional<Node>> arguments, Measure measure) {
        List<String> given = new ArrayList<>();
        for (Optional<Node> argument : arguments) {
            Optional<String> text = argument.isEmpty() ? Optional.of("") : value(argument.get(), measure);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            given.add(text.get());
        }
        return Optional.of(given);
    }

    Optional<List<String>> all(List<Node> nodes, Measure measure) {
        return arguments(nodes.stream().map(Optional::of).toList(), measure);
    }

    private Optional<String> mapped(Node.MappedAttribute mapped) {
        return Trees.text(mapped.attribute())
                .flatMap(attribute -> value(mapped.target())
                        .map(target -> messages.say("filter.map", words.names.field(attribute), target)));
    }

    private Optional<String> choice(Node.Choice choice, Measure measure) {
        Optional<String> then = value(choice.then(), measure);
        Optional<String> condition = words.conditions.clause(choice.condition(), true);
        Optional<String> otherwise = choice.otherwise().isEmpty()
                ? Optional.of(messages.say("value.none"))
                : choice.otherwise().flatMap(other -> value(other, measure));
        return then.flatMap(a -> condition.flatMap(b -> otherwise.map(c -> messages.say("value.choice", a, b, c))));
    }

    private Optional<String> picked(Node.Picked picked) {
        Optional<String> target = value(picked.target());
        Optional<String> attribute = picked.attribute().flatMap(Trees::text);
        if (attribute.isEmpty()) {
            boolean none = picked.attribute().isEmpty()
                    && picked.test().filter(test -> test.name().equals("none")).isPresent();
            String key = picked.keep() ? "filter.pick.unknown" : "filter.pick.known";
            return none ? target.map(what -> messages.say(key, what)) : Optional.empty();
        }
        String name = words.names.field(attribute.get());
        Optional<String> test = picked.test().isPresent()
                ? words.conditions.test(
                        name, picked.test().get(), Measure.of(attribute.get(), Optional.empty()), picked.keep())
                : Optional.of(messages.say(picked.keep() ? "test.none.not" : "test.none", name));
        return target.flatMap(what -> test.map(which -> messages.say("filter.pick", what, which)));
    }

    /** How numbers beside the node are written. */
    Measure measure(Node node) {
        Optional<List<String>> path = NodePath.of(node);
        if (path.isPresent()) {
            return words.types.measure(path.get());
        }
        return switch (node) {
            case Node.Filtered filtered ->
                SAME_KIND.contains(filtered.filter().name()) ? measure(filtered.target()) : Measure.PLAIN;
            case Node.MappedAttribute mapped ->
                Trees.text(mapped.attribute())
                        .map(name -> Measure.of(name, Optional.empty()))
                        .orElse(Measure.PLAIN);
            case Node.Arithmetic arithmetic -> {
                Measure left = measure(arithmetic.left());
                yield left == Measure.PLAIN ? measure(arithmetic.right()) : left;
            }
            case Node.Signed signed -> measure(signed.operand());
            case Node.Choice choice -> measure(choice.then());
            default -> Measure.PLAIN;
        };
    }
}
