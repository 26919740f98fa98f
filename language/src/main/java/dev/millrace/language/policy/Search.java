package dev.millrace.language.policy;

import dev.millrace.language.expression.Outcomes.Truth;
import dev.millrace.language.policy.Course.Point;
import dev.millrace.language.policy.Way.Mode;
import dev.millrace.language.policy.Way.Stop;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * Looks for a way to the target on which none of certain approvals is given.
 *
 * <p>Whether a step runs only ever depends on more steps running before it, but for these approvals: if one is asked
 * and refused, the way ends. So one chain of steps from the start is enough, the other steps being left out where they
 * can be, as long as no step of the chain makes such an approval be asked.
 */
final class Search {
    private final Course course;
    private final Answers answers;
    private final int target;
    private final List<Integer> order;
    private final BitSet missing;
    private final Amount amount;
    private final Map<Integer, List<Integer>> dependents = new HashMap<>();

    /** @param order all steps upstream of the target, each after those on which it depends */
    Search(Course course, Answers answers, int target, List<Integer> order, BitSet missing, Amount amount) {
        this.course = course;
        this.answers = answers;
        this.target = target;
        this.order = order;
        this.missing = missing;
        this.amount = amount;
        order.forEach(at -> point(at)
                .dependsOn()
                .forEach(before -> dependents
                        .computeIfAbsent(before, b -> new ArrayList<>())
                        .add(at)));
    }

    Optional<Way> in(Worlds worlds) {
        Set<Map<Integer, Truth>> seen = new HashSet<>();
        for (Map<List<String>, JsonNode> world : worlds.all()) {
            Map<Integer, Truth> truths = truths(world);
            if (seen.add(truths)) {
                Optional<List<Stop>> stops = new OneWorld(truths).stops();
                if (stops.isPresent()) {
                    return stops.map(found -> new Way(found, amountIn(world)));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<BigDecimal> amountIn(Map<List<String>, JsonNode> world) {
        return amount.paths().stream().findFirst().map(world::get).map(JsonNode::decimalValue);
    }

    private Map<Integer, Truth> truths(Map<List<String>, JsonNode> world) {
        Map<Integer, Truth> truths = new HashMap<>();
        order.forEach(at -> truths.put(at, truth(at, world)));
        truths.put(target, truth(target, world));
        return truths;
    }

    private Truth truth(int at, Map<List<String>, JsonNode> world) {
        return answers.of(at, path -> known(path, world));
    }

    /** Of a step that did not complete nothing is known but that: its outputs are none. */
    private Optional<List<JsonNode>> known(List<String> path, Map<List<String>, JsonNode> world) {
        Optional<Point> approval = path.size() > 2 && path.getFirst().equals("steps")
                ? missing.stream()
                        .mapToObj(this::point)
                        .filter(point -> point.id().equals(path.get(1)))
                        .findFirst()
                : Optional.empty();
        if (approval.isEmpty()) {
            return Optional.ofNullable(world.get(path)).map(List::of);
        }
        return switch (path.get(2)) {
            case "output" -> path.size() > 3 ? Optional.of(List.of(NullNode.getInstance())) : Optional.empty();
            case "status" ->
                Optional.of(
                        approval.get().goesOnAfterFailure()
                                ? List.of(StringNode.valueOf("skipped"), StringNode.valueOf("failed"))
                                : List.of(StringNode.valueOf("skipped")));
            default -> Optional.empty();
        };
    }

    private Point point(int at) {
        return course.points().get(at);
    }

    /** With the answers of all conditions, as far as there are any. */
    private final class OneWorld {
        private final Map<Integer, Truth> truths;
        private final BitSet dooming = new BitSet();
        private final Map<Integer, Stop> reached = new HashMap<>();
        private final Map<Integer, Integer> from = new HashMap<>();

        OneWorld(Map<Integer, Truth> truths) {
            this.truths = truths;
        }

        Optional<List<Stop>> stops() {
            order.reversed().forEach(this::doom);
            boolean ends = order.stream().filter(at -> Paths.isRoot(point(at))).anyMatch(this::endsTheWay);
            if (ends || truth(target) == Truth.NO) {
                return Optional.empty();
            }
            order.forEach(this::reach);
            Optional<Integer> before = point(target).dependsOn().stream()
                    .filter(reached::containsKey)
                    .findFirst();
            if (before.isEmpty() && !Paths.isRoot(point(target))) {
                return Optional.empty();
            }
            return Optional.of(backFrom(before));
        }

        /** Once it is over, an approval that must not be given is asked for all the same. */
        private void doom(int at) {
            if (dependents.getOrDefault(at, List.of()).stream().anyMatch(this::endsTheWay)) {
                dooming.set(at);
            }
        }

        private boolean endsTheWay(int at) {
            return isRefused(at) || (goesOnAnyway(at) && dooming.get(at));
        }

        /** It is asked, whatever else happens, and its refusal blocks what comes after. */
        private boolean isRefused(int at) {
            return missing.get(at) && !point(at).goesOnAfterFailure() && truth(at) == Truth.YES;
        }

        private boolean goesOnAnyway(int at) {
            return !isRefused(at)
                    && (truth(at) == Truth.YES
                            || (point(at).conditional() && point(at).passIfSkipped()));
        }

        private void reach(int at) {
            Optional<Integer> before =
                    point(at).dependsOn().stream().filter(reached::containsKey).findFirst();
            boolean arrives = before.isPresent() || Paths.isRoot(point(at));
            Optional<Mode> mode = arrives && !dooming.get(at) ? mode(at) : Optional.empty();
            mode.ifPresent(how -> {
                reached.put(at, new Stop(at, how));
                before.ifPresent(b -> from.put(at, b));
            });
        }

        private Optional<Mode> mode(int at) {
            boolean runs = truth(at) != Truth.NO;
            if (runs && !missing.get(at)) {
                return Optional.of(Mode.RUNS);
            }
            if (point(at).conditional() && point(at).passIfSkipped() && truth(at) != Truth.YES) {
                return Optional.of(Mode.PASSED_OVER);
            }
            return runs && point(at).goesOnAfterFailure() ? Optional.of(Mode.FAILED_AND_WENT_ON) : Optional.empty();
        }

        private List<Stop> backFrom(Optional<Integer> last) {
            var stops = new ArrayDeque<Stop>();
            stops.addFirst(new Stop(target, Mode.RUNS));
            Optional<Integer> at = last;
            while (at.isPresent()) {
                Optional.ofNullable(reached.get(at.get())).ifPresent(stops::addFirst);
                at = Optional.ofNullable(from.get(at.get()));
            }
            return List.copyOf(stops);
        }

        private Truth truth(int at) {
            return truths.getOrDefault(at, Truth.OPEN);
        }
    }
}
