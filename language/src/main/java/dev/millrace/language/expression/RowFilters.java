package dev.millrace.language.expression;

import dev.millrace.language.Expression;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.RowFilter;
import dev.millrace.language.RowFilter.Relation;
import dev.millrace.language.RowFilter.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads conditions on rows; what has no form that a database can be asked is refused, never approximated. */
public final class RowFilters {
    private static final String ROW = "row";
    private static final String FORMS =
            "fields such as row.status compared by ==, !=, <, <=, >, >=, in or 'is none', joined"
                    + " by and, or, not; of dates also | add_days and | days_until";
    private static final int QUOTED_MOST = 120;

    private final String source;
    private final Predicate<String> isTime;

    private RowFilters(String source, Predicate<String> isTime) {
        this.source = source;
        this.isTime = isTime;
    }

    /**
     * What of a condition cannot be asked of a database.
     *
     * @param expected what would be, for people
     * @param advice what to do
     */
    public record Misfit(String expected, Extent at, String advice) {}

    /**
     * The first that there is.
     *
     * @param isTime whether a field of the row is known to hold a date with its time
     */
    public static Optional<Misfit> misfit(Expression where, Predicate<String> isTime) {
        var parsed = (ParsedExpression) where;
        try {
            new RowFilters(parsed.source(), isTime).condition(parsed.tree());
            return Optional.empty();
        } catch (OtherForm other) {
            return Optional.of(new Misfit(other.expected, Extent.of(parsed.source(), other.node), other.advice));
        }
    }

    public static RowFilter.Read read(String where) {
        return switch (ParsedExpression.of(where)) {
            case Parsed.Good<Expression> good -> of((ParsedExpression) good.value());
            case Parsed.Bad<Expression> bad ->
                new RowFilter.Read.Bad(bad.faults().getFirst().message());
        };
    }

    private static RowFilter.Read of(ParsedExpression where) {
        try {
            return new RowFilter.Read.Good(new RowFilters(where.source(), field -> false).condition(where.tree()));
        } catch (OtherForm other) {
            return new RowFilter.Read.Bad(
                    "Expected " + other.expected + "; but got '" + excerpt(where.source()) + "': " + other.advice);
        }
    }

    private RowFilter condition(Node node) {
        return switch (node) {
            case Node.And and -> new RowFilter.Every(List.of(condition(and.left()), condition(and.right())));
            case Node.Or or -> new RowFilter.Either(condition(or.left()), condition(or.right()));
            case Node.Not not -> new RowFilter.Not(condition(not.operand()));
            case Node.Comparison comparison -> seesRow(comparison) ? comparison(comparison) : holds(node);
            case Node.Tested tested -> asksForNone(tested) ? absence(tested) : holds(node);
            default -> holds(node);
        };
    }

    private RowFilter holds(Node node) {
        return new RowFilter.Holds(side(node));
    }

    private static boolean asksForNone(Node.Tested tested) {
        return seesRow(tested) && tested.test().name().equals("none");
    }

    private RowFilter absence(Node.Tested tested) {
        RowFilter absent = new RowFilter.Absent(side(tested.target()));
        return tested.negated() ? new RowFilter.Not(absent) : absent;
    }

    private RowFilter comparison(Node.Comparison comparison) {
        var links = new ArrayList<RowFilter>();
        Node left = comparison.first();
        for (Node.Link link : comparison.links()) {
            Node.Comparison one = new Node.Comparison(left, List.of(link), link.offset());
            links.add(seesRow(one) ? link(left, link) : new RowFilter.Holds(value(one)));
            left = link.right();
        }
        return links.size() == 1 ? links.getFirst() : new RowFilter.Every(links);
    }

    private RowFilter link(Node left, Node.Link link) {
        Side item = side(left);
        Side other = side(link.right());
        return switch (link.relation()) {
            case EQUAL -> new RowFilter.Compared(item, Relation.EQUAL, other);
            case NOT_EQUAL -> new RowFilter.Not(new RowFilter.Compared(item, Relation.EQUAL, other));
            case LESS -> new RowFilter.Compared(item, Relation.LESS, other);
            case LESS_OR_EQUAL -> new RowFilter.Compared(item, Relation.LESS_OR_EQUAL, other);
            case GREATER -> new RowFilter.Compared(item, Relation.GREATER, other);
            case GREATER_OR_EQUAL -> new RowFilter.Compared(item, Relation.GREATER_OR_EQUAL, other);
            case IN -> new RowFilter.Within(item, other);
            case NOT_IN -> new RowFilter.Not(new RowFilter.Within(item, other));
        };
    }

    private Side side(Node node) {
        if (!seesRow(node)) {
            return value(node);
        }
        return field(node)
                .<Side>map(Side.Column::new)
                .or(() -> moved(node))
                .orElseThrow(() -> new OtherForm(FORMS, node, advice(node)));
    }

    private static String advice(Node node) {
        return node instanceof Node.Filtered filtered
                        && filtered.filter().name().equals("add_working_days")
                        && field(filtered.target()).isPresent()
                ? "move the other side, as in (now | add_working_days(-2)), for only the company knows its working days"
                : "compute what else is needed in a step before";
    }

    private Optional<Side> moved(Node node) {
        if (!(node instanceof Node.Filtered filtered)) {
            return Optional.empty();
        }
        return field(filtered.target()).flatMap(name -> switch (filtered.filter()
                .name()) {
            case "days_until" -> Optional.of(new Side.DaysUntil(name));
            case "add_days" ->
                filtered.filter()
                        .arguments()
                        .getFirst()
                        .filter(days -> !seesRow(days))
                        .map(days -> later(name, days, node));
            default -> Optional.empty();
        });
    }

    private Side later(String field, Node days, Node whole) {
        if (isTime.test(field)) {
            throw new OtherForm(
                    "a date before | add_days",
                    whole,
                    "row." + field + " has a time too, so move the other side, as in (now | add_days(-2))");
        }
        return new Side.DaysLater(field, new ParsedExpression(source, days));
    }

    private static Optional<String> field(Node node) {
        return node instanceof Node.Access access
                        && access.target() instanceof Node.Name name
                        && name.name().equals(ROW)
                        && access.key() instanceof Node.Constant key
                        && key.value().isString()
                ? Optional.of(key.value().stringValue())
                : Optional.empty();
    }

    private Side value(Node node) {
        return new Side.Value(new ParsedExpression(source, node));
    }

    private static boolean seesRow(Node node) {
        return References.of(node).stream()
                .anyMatch(reference -> reference.path().getFirst().equals(ROW));
    }

    private static String excerpt(String source) {
        return source.length() <= QUOTED_MOST ? source : source.substring(0, QUOTED_MOST) + "…";
    }

    /** Unwinds to {@link #read} or {@link #misfit}; never leaves this class. */
    private static final class OtherForm extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String expected;
        private final transient Node node;
        private final String advice;

        OtherForm(String expected, Node node, String advice) {
            super(expected, null, false, false);
            this.expected = expected;
            this.node = node;
            this.advice = advice;
        }
    }
}
