package dev.millrace.engine.execution;

import dev.millrace.language.Deadline;
import dev.millrace.language.Definition;
import dev.millrace.language.Handlers.Handler;
import dev.millrace.language.Planner;
import dev.millrace.language.Retry;
import dev.millrace.language.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The units of a definition, by the ids that the planner gives them. */
final class Units {
    private static final Pattern ITEM = Pattern.compile("([a-z0-9_]+)\\[(\\d+)]");

    private final Map<String, Step> steps;

    /** Concurrent: deadlines look units up on threads of their own while the driver adds items. */
    private final Map<String, Unit> known = new ConcurrentHashMap<>();

    private Units(Map<String, Step> steps) {
        this.steps = steps;
    }

    static Units of(Definition definition) {
        var units = new Units(definition.stepsById());
        for (Step step : definition.steps()) {
            units.add(step(step.id(), step, Optional.empty()));
            units.addDeadlines(step.id(), step, Optional.empty());
            List<Handler> handlers = step.onError().list();
            for (int n = 0; n < handlers.size(); n++) {
                units.add(
                        handler(Planner.onErrorId(step.id(), n), handlers.get(n), Optional.of(step), Optional.empty()));
            }
        }
        List<Handler> onFailure = definition.onFailure().list();
        for (int n = 0; n < onFailure.size(); n++) {
            units.add(handler(Planner.onFailureId(n), onFailure.get(n), Optional.empty(), Optional.empty()));
        }
        return units;
    }

    /** Ids of the steps that run once for each item of a list. */
    static Set<String> lists(Definition definition) {
        return definition.steps().stream()
                .filter(step -> step.forEach().isPresent())
                .map(Step::id)
                .collect(Collectors.toSet());
    }

    /** @throws java.util.NoSuchElementException the definition has no such unit: a bug */
    Unit get(String id) {
        return find(id).orElseThrow();
    }

    Optional<Unit> find(String id) {
        if (!known.containsKey(id)) {
            Matcher item = ITEM.matcher(id);
            if (item.lookingAt() && steps.containsKey(item.group(1))) {
                addItem(steps.get(item.group(1)), Integer.parseInt(item.group(2)));
            }
        }
        return Optional.ofNullable(known.get(id));
    }

    /** Items are known when they come up only: there may be a thousand. */
    private void addItem(Step step, int item) {
        String id = Planner.itemId(step.id(), item);
        add(step(id, step, Optional.of(item)));
        addDeadlines(id, step, Optional.of(item));
    }

    private void addDeadlines(String waiting, Step step, Optional<Integer> item) {
        List<Deadline> deadlines = step.onTimeout();
        for (int n = 0; n < deadlines.size(); n++) {
            Deadline deadline = deadlines.get(n);
            var handler = new Handler(deadline.action(), deadline.config());
            add(handler(Planner.onTimeoutId(waiting, n), handler, Optional.of(step), item));
        }
    }

    private static Unit step(String id, Step step, Optional<Integer> item) {
        return new Unit(id, step.action(), step.config(), step.retry(), step.timeout(), Optional.of(step), item);
    }

    private static Unit handler(String id, Handler handler, Optional<Step> owner, Optional<Integer> item) {
        return new Unit(id, handler.action(), handler.config(), Retry.DEFAULT, Optional.empty(), owner, item);
    }

    private void add(Unit unit) {
        known.put(unit.id(), unit);
    }
}
