package dev.millrace.engine.execution;

import dev.millrace.language.Deadline;
import dev.millrace.language.Definition;
import dev.millrace.language.Handlers;
import dev.millrace.language.Planner;
import dev.millrace.language.Retry;
import dev.millrace.language.Step;
import dev.millrace.language.Template;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something of a definition that runs and has a row: a step, or an entry of {@code on_error}, {@code on_timeout} or
 * {@code on_failure}.
 *
 * @param owner the step that it is, or belongs to; empty for {@code on_failure}
 */
record Unit(String id, String action, Template config, Retry retry, Optional<Duration> timeout, Optional<Step> owner) {

    boolean isStep() {
        return owner.filter(s -> s.id().equals(id)).isPresent();
    }

    /** All units by id. */
    static Map<String, Unit> of(Definition definition) {
        var units = new LinkedHashMap<String, Unit>();
        for (Step step : definition.steps()) {
            add(
                    units,
                    new Unit(step.id(), step.action(), step.config(), step.retry(), step.timeout(), Optional.of(step)));
            List<Handlers.Handler> handlers = step.onError().list();
            for (int n = 0; n < handlers.size(); n++) {
                add(units, handler(Planner.onErrorId(step.id(), n), handlers.get(n), Optional.of(step)));
            }
            List<Deadline> deadlines = step.onTimeout();
            for (int n = 0; n < deadlines.size(); n++) {
                Deadline deadline = deadlines.get(n);
                var handler = new Handlers.Handler(deadline.action(), deadline.config());
                add(units, handler(Planner.onTimeoutId(step.id(), n), handler, Optional.of(step)));
            }
        }
        List<Handlers.Handler> onFailure = definition.onFailure().list();
        for (int n = 0; n < onFailure.size(); n++) {
            add(units, handler(Planner.onFailureId(n), onFailure.get(n), Optional.empty()));
        }
        return units;
    }

    private static Unit handler(String id, Handlers.Handler handler, Optional<Step> owner) {
        return new Unit(id, handler.action(), handler.config(), Retry.DEFAULT, Optional.empty(), owner);
    }

    private static void add(Map<String, Unit> units, Unit unit) {
        units.put(unit.id(), unit);
    }
}
