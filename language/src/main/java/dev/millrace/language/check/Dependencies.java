package dev.millrace.language.check;

import dev.millrace.language.check.Outline.StepOutline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who waits for whom, by index of step. Ids that stand twice mean the first, unknown ones nothing. */
final class Dependencies {
    private final List<StepOutline> steps;
    private final Map<String, Integer> byId = new HashMap<>();
    private final List<BitSet> direct = new ArrayList<>();
    private final List<BitSet> ancestors = new ArrayList<>();

    Dependencies(List<StepOutline> steps) {
        this.steps = steps;
        steps.forEach(step -> step.id().ifPresent(id -> byId.putIfAbsent(id, step.index())));
        steps.forEach(step -> direct.add(directOf(step)));
        steps.forEach(step -> ancestors.add(ancestorsOf(step.index())));
    }

    private BitSet directOf(StepOutline step) {
        var found = new BitSet(steps.size());
        step.dependsOn().forEach(spot -> spot.text().map(byId::get).ifPresent(found::set));
        return found;
    }

    /** Most steps depend on earlier ones only, whose own ancestors are known already. */
    private BitSet ancestorsOf(int step) {
        var found = new BitSet(steps.size());
        if (direct.get(step).length() <= step) {
            found.or(direct.get(step));
            direct.get(step).stream().mapToObj(ancestors::get).forEach(found::or);
            return found;
        }
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

    /** The first step with the id. */
    Map<String, Integer> byId() {
        return byId;
    }

    /** Ids of the steps that have ended before this one begins. */
    Set<String> ancestorIds(int step) {
        var ids = new HashSet<String>();
        ancestors.get(step).stream().forEach(i -> steps.get(i).id().ifPresent(ids::add));
        return ids;
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
