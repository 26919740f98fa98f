package dev.millrace.language.check;

import dev.millrace.language.ActionType;
import dev.millrace.language.Concurrency;
import dev.millrace.language.Concurrency.OnConflict;
import dev.millrace.language.Deadline;
import dev.millrace.language.Definition;
import dev.millrace.language.Durations;
import dev.millrace.language.ForEach;
import dev.millrace.language.Handlers;
import dev.millrace.language.Retry;
import dev.millrace.language.Schedule;
import dev.millrace.language.Shape;
import dev.millrace.language.Step;
import dev.millrace.language.Template;
import dev.millrace.language.Trigger;
import dev.millrace.language.check.Outline.ActionUse;
import dev.millrace.language.check.Outline.Condition;
import dev.millrace.language.check.Outline.DeadlineOutline;
import dev.millrace.language.check.Outline.HandlersOutline;
import dev.millrace.language.check.Outline.StepOutline;
import dev.millrace.language.check.Outline.TriggerOutline;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** Makes the definition of an outline in which no rule found an error: everything that must be there is. */
final class DefinitionBuilder {
    private DefinitionBuilder() {}

    static Definition build(Outline outline) {
        Spot workflow = outline.workflow();
        Spot enabled = workflow.key("enabled");
        return new Definition(
                workflow.key("name").text().orElseThrow(),
                workflow.key("description").text(),
                enabled.isGiven() ? Optional.of(enabled.node().booleanValue()) : Optional.empty(),
                trigger(outline.trigger()),
                concurrency(workflow.key("concurrency"), outline.concurrencyKey()),
                outline.steps().stream().map(DefinitionBuilder::step).toList(),
                handlers(outline.onFailure()));
    }

    private static Trigger trigger(TriggerOutline trigger) {
        Spot spot = trigger.spot();
        if (!trigger.events().isEmpty()) {
            return new Trigger.OnEvent(
                    trigger.events().stream()
                            .flatMap(e -> e.text().stream())
                            .distinct()
                            .toList(),
                    trigger.condition().flatMap(Condition::expression));
        }
        Optional<String> cron = spot.key("schedule").text();
        if (cron.isPresent()) {
            return new Trigger.OnSchedule(
                    schedule(cron.get()),
                    spot.key("timezone").text().map(ZoneId::of),
                    spot.key("catch_up")
                            .text()
                            .map(word -> Trigger.CatchUp.valueOf(word.toUpperCase(Locale.ROOT)))
                            .orElse(Trigger.CatchUp.LAST));
        }
        Spot inputs = spot.key("inputs");
        return new Trigger.Manual(inputs.isGiven() ? Optional.of(inputs.node()) : Optional.empty());
    }

    private static Schedule schedule(String cron) {
        return switch (Schedule.parse(cron)) {
            case Schedule.Parsed.Good good -> good.schedule();
            case Schedule.Parsed.Bad bad ->
                throw new IllegalArgumentException(bad.faults().getFirst().message("trigger.schedule"));
        };
    }

    private static Step step(StepOutline step) {
        return new Step(
                step.id().orElseThrow(),
                action(step.use()),
                step.dependsOn().stream()
                        .flatMap(d -> d.text().stream())
                        .distinct()
                        .toList(),
                step.condition().flatMap(Condition::expression),
                forEach(step),
                step.spot().key("if_skipped").is("pass"),
                config(step.use()),
                step.use().type().map(ActionType::output).orElse(Shape.FREE),
                step.timeout(),
                retry(step.spot().key("retry")),
                step.deadlines().stream().map(DefinitionBuilder::deadline).toList(),
                handlers(step.onError()));
    }

    private static Optional<Concurrency> concurrency(Spot spot, Optional<Template> key) {
        OnConflict onConflict = spot.key("on_conflict").is("queue") ? OnConflict.QUEUE : OnConflict.SKIP;
        return key.map(template -> new Concurrency(template, onConflict));
    }

    private static Optional<ForEach> forEach(StepOutline step) {
        Spot most = step.spot().key("max_parallel");
        int maxParallel = most.isGiven() ? most.node().intValue() : ForEach.DEFAULT_PARALLEL;
        return step.forEach().flatMap(Condition::expression).map(list -> new ForEach(list, maxParallel));
    }

    private static Retry retry(Spot retry) {
        Spot attempts = retry.key("max_attempts");
        Spot multiplier = retry.key("multiplier");
        return new Retry(
                attempts.isGiven() ? attempts.node().intValue() : Retry.DEFAULT.maxAttempts(),
                duration(retry.key("initial_delay")).orElse(Retry.DEFAULT.initialDelay()),
                multiplier.isGiven() ? multiplier.node().doubleValue() : Retry.DEFAULT.multiplier(),
                duration(retry.key("max_delay")).orElse(Retry.DEFAULT.maxDelay()));
    }

    private static Optional<Duration> duration(Spot spot) {
        return spot.text().flatMap(Durations::parse);
    }

    private static Deadline deadline(DeadlineOutline deadline) {
        return new Deadline(
                deadline.after().orElseThrow(),
                action(deadline.use()),
                config(deadline.use()),
                deadline.thenContinue());
    }

    private static Handlers handlers(HandlersOutline handlers) {
        return new Handlers(
                handlers.uses().stream()
                        .map(use -> new Handlers.Handler(action(use), config(use)))
                        .toList(),
                handlers.thenContinue());
    }

    private static String action(ActionUse use) {
        return use.action().text().orElseThrow();
    }

    private static Template config(ActionUse use) {
        return use.template().orElseThrow();
    }
}
