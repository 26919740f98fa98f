package dev.millrace.language.check;

import dev.millrace.language.check.Outline.StepOutline;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who waits for whom, by index of step. Ids that stand twice mean the first, unknown ones nothing. */
final class Dependencies {
    private final List<StepOutline> steps;
    private final Map<String, Integer> byId = new HashMap<>();
    private final List<BitSet> direct = new ArrayList<>();
    private final List<BitSet> ancestors = new ArrayList<>();
    private final List<Integer> order;

    Dependencies(List<StepOutline> steps) {
        this.steps = steps;
        steps.forEach(step -> step.id().ifPresent(id -> byId.putIfAbsent(id, step.index())));
        steps.forEach(step -> direct.add(directOf(step)));
        this.order = inOrder();
        steps.forEach(step -> ancestors.add(new BitSet(0)));
        BitSet done = new BitSet(steps.size());
        for (int step : order) {
            boolean known = direct.get(step).stream().allMatch(done::get);
            ancestors.set(step, known ? joined(step) : ancestorsOf(step));
            done.set(step, known);
        }
    }

    /** Those of its dependencies, which are known already. */
    private BitSet joined(int step) {
        var found = (BitSet) direct.get(step).clone();
        direct.get(step).stream().forEach(dependency -> found.or(ancestors.get(dependency)));
        return found;
    }

    private BitSet directOf(StepOutline step) {
        var found = new BitSet(steps.size());
        step.dependsOn().forEach(spot -> spot.text().map(byId::get).ifPresent(found::set));
        return found;
    }

    private BitSet ancestorsOf(int step) {
        var found = new BitSet(steps.size());
        var open = new ArrayDeque<Integer>();
        open.add(step);
        while (!open.isEmpty()) {
            var fresh = (BitSet) direct.get(open.poll()).clone();
            fresh.andNot(found);
            found.or(fresh);
            fresh.stream().forEach(open::add);
        }
        return found;
    }

    BitSet direct(int step) {
        return direct.get(step);
    }

    /** Every step, after those that it waits for; within a circle in the order of the text. */
    List<Integer> order() {
        return order;
    }

    private List<Integer> inOrder() {
        var order = new ArrayList<Integer>();
        int[] open = new int[steps.size()];
        var followers = new ArrayList<BitSet>();
        steps.forEach(step -> followers.add(new BitSet(steps.size())));
        for (int step = 0; step < steps.size(); step++) {
            int follower = step;
            open[step] = direct.get(step).cardinality();
            direct.get(step).stream().forEach(d -> followers.get(d).set(follower));
        }
        var ready = new ArrayDeque<Integer>();
        var done = new BitSet(steps.size());
        for (int step = 0; step < steps.size(); step++) {
            if (open[step] == 0) {
                ready.add(step);
            }
        }
        while (!ready.isEmpty()) {
            int step = ready.poll();
            order.add(step);
            done.set(step);
            followers.get(step).stream().filter(f -> --open[f] == 0).forEach(ready::add);
        }
        for (int step = done.nextClearBit(0); step < steps.size(); step = done.nextClearBit(step + 1)) {
            order.add(step);
        }
        return order;
    }

    /** The first step with the id. */
    Map<String, Integer> byId() {
        return byId;
    }

    /** Ids of the steps that have ended before this one begins. */
    Set<String> ancestorIds(int step) {
        return new Ids(ancestors.get(step));
    }

    /** A view, as there may be as many as steps for each step. */
    private final class Ids extends AbstractSet<String> {
        private final BitSet indexes;

        Ids(BitSet indexes) {
            this.indexes = indexes;
        }

        @Override
        public boolean contains(Object id) {
            Integer index = byId.get(id);
            return index != null && indexes.get(index);
        }

        @Override
        public Iterator<String> iterator() {
            return indexes.stream()
                    .mapToObj(steps::get)
                    .flatMap(step -> step.id().stream())
                    .iterator();
        }

        @Override
        public int size() {
            return indexes.cardinality();
        }
    }

    /** One shortest circle through each group of steps that wait for each other, from its first step in the text. */
    List<List<Integer>> circles() {
        var circles = new ArrayList<List<Integer>>();
        var seen = new BitSet(steps.size());
        for (int step = 0; step < steps.size(); step++) {
            if (seen.get(step) || !ancestors.get(step).get(step)) {
                continue;
            }
            BitSet group = group(step);
            seen.or(group);
            if (group.cardinality() > 1) {
                circles.add(circle(step, group));
            }
        }
        return circles;
    }

    private BitSet group(int step) {
        var group = new BitSet(steps.size());
        ancestors.get(step).stream()
                .filter(other -> ancestors.get(other).get(step))
                .forEach(group::set);
        return group;
    }

    private List<Integer> circle(int start, BitSet group) {
        int[] from = new int[steps.size()];
        Arrays.fill(from, -1);
        var open = new ArrayDeque<Integer>();
        open.add(start);
        while (!open.isEmpty()) {
            int at = open.poll();
            if (at != start && direct.get(at).get(start)) {
                return wayTo(at, start, from);
            }
            direct.get(at).stream()
                    .filter(next -> next != start && group.get(next) && from[next] < 0)
                    .forEach(next -> {
                        from[next] = at;
                        open.add(next);
                    });
        }
        return List.of(start);
    }

    private static List<Integer> wayTo(int last, int start, int[] from) {
        var way = new ArrayDeque<Integer>();
        for (int at = last; at != start; at = from[at]) {
            way.addFirst(at);
        }
        way.addFirst(start);
        return List.copyOf(way);
    }
}
