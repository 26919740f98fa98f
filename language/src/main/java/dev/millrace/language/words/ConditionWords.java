package dev.millrace.language.words;

import dev.millrace.language.expression.Node;
import dev.millrace.language.expression.Node.Relation;
import dev.millrace.language.expression.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Expressions as clauses: the total amount is more than ₹5,00,000. Empty where there are no readable words. */
final class ConditionWords {
    private static final Map<String, Relation> COMPARING = Map.ofEntries(
            Map.entry("in", Relation.IN),
            Map.entry("eq", Relation.EQUAL),
            Map.entry("==", Relation.EQUAL),
            Map.entry("equalto", Relation.EQUAL),
            Map.entry("ne", Relation.NOT_EQUAL),
            Map.entry("!=", Relation.NOT_EQUAL),
            Map.entry("lt", Relation.LESS),
            Map.entry("<", Relation.LESS),
            Map.entry("lessthan", Relation.LESS),
            Map.entry("le", Relation.LESS_OR_EQUAL),
            Map.entry("<=", Relation.LESS_OR_EQUAL),
            Map.entry("gt", Relation.GREATER),
            Map.entry(">", Relation.GREATER),
            Map.entry("greaterthan", Relation.GREATER),
            Map.entry("ge", Relation.GREATER_OR_EQUAL),
            Map.entry(">=", Relation.GREATER_OR_EQUAL));

    private final ExpressionWords words;
    private final Messages messages;
    private final Predicates predicates;

    ConditionWords(ExpressionWords words) {
        this.words = words;
        this.messages = words.messages;
        this.predicates = new Predicates(words.messages, words.names, words.types);
    }

    /** @param holds false: the clause says the opposite */
    Optional<String> clause(Node node, boolean holds) {
        return switch (node) {
            case Node.Not not -> clause(not.operand(), !holds);
            case Node.And and -> joined(and, holds);
            case Node.Or or -> joined(or, holds);
            case Node.Comparison comparison -> comparison(comparison, holds);
            case Node.Tested tested -> tested(tested, holds);
            case Node.Constant constant ->
                constant.value().isBoolean()
                        ? Optional.of(
                                messages.say(constant.value().booleanValue() == holds ? "clause.true" : "clause.false"))
                        : Optional.empty();
            default -> truth(node, holds);
        };
    }

    /** A value that is asked whether it is there, or true. */
    private Optional<String> truth(Node node, boolean holds) {
        Optional<List<String>> path = NodePath.of(node);
        if (path.isPresent() && path.get().size() > 1) {
            return Optional.of(predicates.of(path.get(), words.paths, holds));
        }
        String key = holds ? "clause.given" : "clause.not_given";
        return words.values.value(node).map(value -> messages.say(key, value));
    }

    /** What is joined by the same word is told in one list; the other kind inside it is held together by a word. */
    private Optional<String> joined(Node node, boolean holds) {
        boolean and = node instanceof Node.And == holds;
        boolean mixed = false;
        List<String> clauses = new ArrayList<>();
        for (Node part : flat(node, node instanceof Node.And).toList()) {
            Optional<String> clause = clause(part, holds);
            if (clause.isEmpty()) {
                return Optional.empty();
            }
            boolean held = mixes(part, node);
            mixed = mixed || held;
            clauses.add(held ? held(clause.get(), !and) : clause.get());
        }
        if (mixed) {
            return Optional.of(messages.mixed(and, clauses));
        }
        return Optional.of(and ? messages.and(clauses) : messages.or(clauses));
    }

    private String held(String clause, boolean and) {
        return messages.say(and ? "clause.both" : "clause.either", clause);
    }

    private static boolean mixes(Node part, Node whole) {
        Node inner = part;
        boolean and = whole instanceof Node.And;
        while (inner instanceof Node.Not not) {
            inner = not.operand();
            and = !and;
        }
        return and ? inner instanceof Node.Or : inner instanceof Node.And;
    }

    private static Stream<Node> flat(Node node, boolean and) {
        if (and && node instanceof Node.And both) {
            return Stream.concat(flat(both.left(), true), flat(both.right(), true));
        }
        return !and && node instanceof Node.Or either
                ? Stream.concat(flat(either.left(), false), flat(either.right(), false))
                : Stream.of(node);
    }

    private Optional<String> comparison(Node.Comparison comparison, boolean holds) {
        List<String> clauses = new ArrayList<>();
        Node left = comparison.first();
        for (Node.Link link : comparison.links()) {
            Optional<String> clause = relation(left, holds ? link.relation() : opposite(link.relation()), link.right());
            if (clause.isEmpty()) {
                return Optional.empty();
            }
            clauses.add(clause.get());
            left = link.right();
        }
        return Optional.of(holds ? messages.and(clauses) : messages.or(clauses));
    }

    private Optional<String> relation(Node left, Relation relation, Node right) {
        if (left instanceof Node.Constant
                && !(right instanceof Node.Constant)
                && turned(relation).isPresent()) {
            return relation(right, turned(relation).get(), left);
        }
        Optional<String> any = any(left, relation, right);
        if (any.isPresent()) {
            return any;
        }
        boolean equal = relation == Relation.EQUAL;
        if (equal || relation == Relation.NOT_EQUAL) {
            Optional<String> special = equality(left, right, equal);
            if (special.isPresent()) {
                return special;
            }
        }
        Measure measure = words.values.measure(left);
        Measure other = measure == Measure.PLAIN ? words.values.measure(right) : measure;
        Optional<String> subject = words.values.value(left, other);
        return subject.flatMap(text -> relation(text, relation, left, right, other));
    }

    private Optional<String> relation(String subject, Relation relation, Node left, Node right, Measure measure) {
        boolean in = relation == Relation.IN;
        if (!in && relation != Relation.NOT_IN) {
            return words.values.value(right, measure).map(object -> compared(subject, relation, object, measure));
        }
        if (right instanceof Node.ListOf list && !list.items().isEmpty()) {
            return words.values
                    .all(list.items(), measure)
                    .map(items ->
                            messages.say(in ? "relation.one_of" : "relation.none_of", subject, messages.or(items)));
        }
        if (Trees.text(left).isPresent()) {
            return words.values
                    .value(right)
                    .map(whole -> messages.say(in ? "relation.contains" : "relation.contains_not", whole, subject));
        }
        return words.values
                .value(right, measure)
                .map(whole -> messages.say(in ? "relation.among" : "relation.not_among", subject, whole));
    }

    private String compared(String subject, Relation relation, String object, Measure measure) {
        String key = "relation." + relation.name().toLowerCase(Locale.ROOT);
        return messages.find(key + "." + measure.name().toLowerCase(Locale.ROOT), subject, object)
                .orElseGet(() -> messages.say(key, subject, object));
    }

    /** {@code list | length > 0}: there is at least one. */
    private Optional<String> any(Node left, Relation relation, Node right) {
        boolean counted = left instanceof Node.Filtered filtered
                && (filtered.filter().name().equals("length")
                        || filtered.filter().name().equals("count"));
        boolean zero = right instanceof Node.Constant constant
                && constant.value().isNumber()
                && constant.value().decimalValue().signum() == 0;
        if (!counted || !zero || !(relation == Relation.GREATER || relation == Relation.EQUAL)) {
            return Optional.empty();
        }
        String key = relation == Relation.GREATER ? "clause.any" : "clause.any.not";
        return words.values.value(((Node.Filtered) left).target()).map(list -> messages.say(key, list));
    }

    /** Equality with none, a truth value, a state of a step, or the same field elsewhere. */
    private Optional<String> equality(Node left, Node right, boolean equal) {
        Optional<List<String>> path = NodePath.of(left);
        if (Trees.isNone(right)) {
            return words.values.value(left).map(value -> messages.say(equal ? "test.none" : "test.none.not", value));
        }
        if (right instanceof Node.Constant constant && constant.value().isBoolean()) {
            return clause(left, constant.value().booleanValue() == equal);
        }
        if (path.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> state = Trees.text(right).flatMap(text -> predicates.status(path.get(), text, equal));
        return state.isPresent() ? state : predicates.same(path.get(), NodePath.of(right), equal);
    }

    private Optional<String> tested(Node.Tested tested, boolean holds) {
        Node target = tested.target();
        boolean positive = tested.negated() != holds;
        String name = tested.test().name();
        Relation relation = COMPARING.get(name);
        if (relation != null && tested.test().arguments().getFirst().isPresent()) {
            return relation(
                    target,
                    positive ? relation : opposite(relation),
                    tested.test().arguments().getFirst().get());
        }
        if (name.equals("true") || name.equals("false")) {
            return clause(target, name.equals("true") == positive);
        }
        return words.values
                .value(target)
                .flatMap(subject -> test(subject, tested.test(), words.values.measure(target), positive));
    }

    /** A test of something that already has words. */
    Optional<String> test(String subject, Node.Call test, Measure measure, boolean holds) {
        Optional<Node> first =
                test.arguments().stream().flatMap(Optional::stream).findFirst();
        Relation relation = COMPARING.get(test.name());
        Optional<String> object = first.flatMap(node -> words.values.value(node, measure));
        if (relation == null) {
            return messages.find("test." + test.name() + (holds ? "" : ".not"), subject, object.orElse(""));
        }
        return first.flatMap(node -> relation(subject, holds ? relation : opposite(relation), node, node, measure));
    }

    private static Relation opposite(Relation relation) {
        return switch (relation) {
            case EQUAL -> Relation.NOT_EQUAL;
            case NOT_EQUAL -> Relation.EQUAL;
            case LESS -> Relation.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> Relation.GREATER;
            case GREATER -> Relation.LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> Relation.LESS;
            case IN -> Relation.NOT_IN;
            case NOT_IN -> Relation.IN;
        };
    }

    /** The same with its sides exchanged: 5 < x is x > 5. */
    private static Optional<Relation> turned(Relation relation) {
        return switch (relation) {
            case EQUAL, NOT_EQUAL -> Optional.of(relation);
            case LESS -> Optional.of(Relation.GREATER);
            case LESS_OR_EQUAL -> Optional.of(Relation.GREATER_OR_EQUAL);
            case GREATER -> Optional.of(Relation.LESS);
            case GREATER_OR_EQUAL -> Optional.of(Relation.LESS_OR_EQUAL);
            case IN, NOT_IN -> Optional.empty();
        };
    }
}
