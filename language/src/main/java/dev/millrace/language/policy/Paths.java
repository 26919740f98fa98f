package dev.millrace.language.policy;

import dev.millrace.language.Expression;
import dev.millrace.language.policy.Course.Point;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Asks whether a step can be reached without the approvals that should lie before it, over all outcomes of all steps.
 *
 * <p>It follows the rules of {@code Planner}. A failed step blocks all that comes after it, so an approval that lies
 * upstream can only be missing where it was skipped, passed over, or failed and went on.
 */
public final class Paths {
    /** Approvals upstream that are looked at; of more, the ones nearest to the start count for nothing. */
    private static final int MOST_APPROVALS = 12;

    /** Steps looked at in one search, times the cases looked at. */
    private static final int MOST_LOOKS = 500_000;

    /** The same over all searches in one definition; from then on all conditions are left open. */
    private static final long MOST_LOOKS_IN_ALL = 5_000_000;

    private final Course course;
    private final Answers answers;
    private long looks;

    public Paths(Course course) {
        this.course = course;
        this.answers = new Answers(course);
    }

    /**
     * @param target the step that is reached
     * @param approvals points that approve what the target does; those that are not upstream of it do not count
     * @param levels how many of them must have been given, from 1
     * @return a way with fewer; empty: there is none, or the steps before the target wait for each other in a circle
     */
    public Optional<Way> without(int target, BitSet approvals, int levels, Amount amount) {
        BitSet upstream = upstream(target);
        List<Integer> order = order(upstream);
        if (upstream.get(target)) {
            return Optional.empty();
        }
        var asked = (BitSet) approvals.clone();
        asked.and(upstream);
        List<Integer> nearest = asked.stream().boxed().toList().reversed().stream()
                .limit(MOST_APPROVALS)
                .toList();
        List<BitSet> choices = choices(nearest, Math.min(levels - 1, nearest.size()));
        Worlds worlds = worlds(upstream, target, amount, choices.size());
        for (BitSet given : choices) {
            var missing = new BitSet();
            nearest.stream().filter(approval -> !given.get(approval)).forEach(missing::set);
            looks += (long) worlds.all().size() * (order.size() + 1);
            Optional<Way> way = new Search(course, answers, target, order, missing, amount).in(worlds);
            if (way.isPresent()) {
                return way;
            }
        }
        return Optional.empty();
    }

    private Worlds worlds(BitSet upstream, int target, Amount amount, int choices) {
        int most = MOST_LOOKS / (upstream.cardinality() + 1) / Math.max(1, choices);
        return looks > MOST_LOOKS_IN_ALL
                ? Worlds.OPEN
                : Worlds.of(conditions(upstream, target), amount, Math.clamp(most, 1, Worlds.MANY));
    }

    /** All that must have ended before the target begins; with the target itself where it waits for itself. */
    private BitSet upstream(int target) {
        var found = new BitSet();
        var open = new ArrayList<>(course.points().get(target).dependsOn());
        while (!open.isEmpty()) {
            int at = open.removeLast();
            if (!found.get(at)) {
                found.set(at);
                open.addAll(course.points().get(at).dependsOn());
            }
        }
        return found;
    }

    /** Each after those on which it depends. */
    private List<Integer> order(BitSet upstream) {
        var order = new ArrayList<Integer>();
        var placed = new BitSet();
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int at = upstream.nextSetBit(0); at >= 0; at = upstream.nextSetBit(at + 1)) {
                if (!placed.get(at)
                        && course.points().get(at).dependsOn().stream().allMatch(placed::get)) {
                    placed.set(at);
                    order.add(at);
                    moved = true;
                }
            }
        }
        return order;
    }

    private List<Expression> conditions(BitSet upstream, int target) {
        var conditions = new ArrayList<Expression>();
        upstream.stream().forEach(at -> course.points().get(at).condition().ifPresent(conditions::add));
        course.points().get(target).condition().ifPresent(conditions::add);
        return conditions;
    }

    /** All ways to pick so many. */
    private static List<BitSet> choices(List<Integer> from, int count) {
        if (count == 0) {
            return List.of(new BitSet());
        }
        var choices = new ArrayList<BitSet>();
        for (int i = 0; i + count <= from.size(); i++) {
            for (BitSet rest : choices(from.subList(i + 1, from.size()), count - 1)) {
                rest.set(from.get(i));
                choices.add(rest);
            }
        }
        return choices;
    }

    static boolean isRoot(Point point) {
        return point.dependsOn().isEmpty();
    }
}
