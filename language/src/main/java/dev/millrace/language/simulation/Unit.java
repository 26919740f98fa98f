package dev.millrace.language.simulation;

import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Deadline;
import dev.millrace.language.Definition;
import dev.millrace.language.Handlers.Handler;
import dev.millrace.language.Planner;
import dev.millrace.language.Retry;
import dev.millrace.language.Shape;
import dev.millrace.language.Step;
import dev.millrace.language.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something of a definition that runs: a step, an item of one, or an entry of {@code on_error}, {@code on_timeout} or
 * {@code on_failure}.
 *
 * @param general the id without the item: what a script may say of all items
 * @param step that it is, or belongs to; empty for {@code on_failure}
 * @param item its index; -1 if it belongs to none
 */
record Unit(
        String id,
        String general,
        String action,
        Optional<ActionType> type,
        Template config,
        Retry retry,
        Optional<Step> step,
        int item) {

    Shape output() {
        return type.map(ActionType::output).orElse(Shape.FREE);
    }

    /** Entries of {@code on_timeout}; only steps and items have any. */
    List<Deadline> deadlines() {
        return step.map(Step::onTimeout).orElse(List.of());
    }

    /** The same for one item. */
    Unit forItem(String ofItem, int index) {
        return new Unit(ofItem, general, action, type, config, retry, step, index);
    }

    /** All units by id but for items, which only a run knows. */
    static Map<String, Unit> all(Definition definition, Catalogue catalogue) {
        var units = new LinkedHashMap<String, Unit>();
        for (Step step : definition.steps()) {
            units.put(
                    step.id(),
                    new Unit(
                            step.id(),
                            step.id(),
                            step.action(),
                            type(catalogue, step.action()),
                            step.config(),
                            step.retry(),
                            Optional.of(step),
                            -1));
            for (int n = 0; n < step.onError().list().size(); n++) {
                Handler handler = step.onError().list().get(n);
                add(units, Planner.onErrorId(step.id(), n), handler, Optional.of(step), catalogue);
            }
            for (int n = 0; n < step.onTimeout().size(); n++) {
                Deadline deadline = step.onTimeout().get(n);
                var handler = new Handler(deadline.action(), deadline.config());
                add(units, Planner.onTimeoutId(step.id(), n), handler, Optional.of(step), catalogue);
            }
        }
        for (int n = 0; n < definition.onFailure().list().size(); n++) {
            Handler handler = definition.onFailure().list().get(n);
            add(units, Planner.onFailureId(n), handler, Optional.empty(), catalogue);
        }
        return units;
    }

    private static void add(
            Map<String, Unit> units, String id, Handler handler, Optional<Step> step, Catalogue catalogue) {
        units.put(
                id,
                new Unit(
                        id,
                        id,
                        handler.action(),
                        type(catalogue, handler.action()),
                        handler.config(),
                        Retry.DEFAULT,
                        step,
                        -1));
    }

    private static Optional<ActionType> type(Catalogue catalogue, String action) {
        return Optional.ofNullable(catalogue.actions().get(action));
    }
}
