package dev.millrace.language.check;

import dev.millrace.language.ActionType;
import dev.millrace.language.Expression;
import dev.millrace.language.Template;
import dev.millrace.language.ValueType.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A definition as far as it can be read: every part that is missing or faulty is simply not there. */
record Outline(
        Spot workflow,
        TriggerOutline trigger,
        Optional<Template> concurrencyKey,
        List<StepOutline> steps,
        HandlersOutline onFailure) {
    Outline {
        steps = List.copyOf(steps);
    }

    /** Ids of all steps, sorted. */
    Set<String> ids() {
        var ids = new TreeSet<String>();
        steps.forEach(step -> step.id().ifPresent(ids::add));
        return ids;
    }

    record TriggerOutline(Spot spot, List<Spot> events, Optional<Condition> condition) {
        TriggerOutline {
            events = List.copyOf(events);
        }
    }

    /** An expression field; the expression is absent when it cannot be parsed. */
    record Condition(String path, String text, Optional<Expression> expression) {}

    record StepOutline(
            int index,
            Spot spot,
            Optional<String> id,
            List<Spot> dependsOn,
            Optional<Condition> condition,
            Optional<Condition> forEach,
            ActionUse use,
            Optional<Duration> timeout,
            List<DeadlineOutline> deadlines,
            HandlersOutline onError) {
        StepOutline {
            dependsOn = List.copyOf(dependsOn);
            deadlines = List.copyOf(deadlines);
        }
    }

    record DeadlineOutline(Spot spot, Optional<Duration> after, ActionUse use, boolean thenContinue) {}

    record HandlersOutline(List<ActionUse> uses, boolean thenContinue) {
        HandlersOutline {
            uses = List.copyOf(uses);
        }
    }

    /** Where in a definition an action is named. */
    enum Where {
        STEP(ActionType.Place.STEP, "a step"),
        ON_TIMEOUT(ActionType.Place.ON_TIMEOUT, "on_timeout"),
        ON_ERROR(ActionType.Place.ON_ERROR, "on_error"),
        ON_FAILURE(ActionType.Place.ON_ERROR, "on_failure");

        private final ActionType.Place place;
        private final String words;

        Where(ActionType.Place place, String words) {
            this.place = place;
            this.words = words;
        }

        ActionType.Place place() {
            return place;
        }

        String words() {
            return words;
        }
    }

    /**
     * An action with its config.
     *
     * @param type absent when the catalogue does not know the action
     * @param template absent when a text in the config cannot be parsed
     */
    record ActionUse(
            Where where,
            Spot action,
            Optional<ActionType> type,
            Spot config,
            ConfigOutline fields,
            Optional<Template> template) {}

    /**
     * What the action's shape makes of the config; empty when the action is unknown.
     *
     * @param literals texts that only the tenant's catalogue can judge
     * @param expressions fields that hold an expression
     */
    record ConfigOutline(List<ShapeFit.Found> misfits, List<Literal> literals, List<Condition> expressions) {
        static final ConfigOutline NONE = new ConfigOutline(List.of(), List.of(), List.of());

        ConfigOutline {
            misfits = List.copyOf(misfits);
            literals = List.copyOf(literals);
            expressions = List.copyOf(expressions);
        }
    }

    /** The path is within the config. */
    record Literal(Scalar type, String path, String text) {}
}
