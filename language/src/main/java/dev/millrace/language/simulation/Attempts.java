package dev.millrace.language.simulation;

import dev.millrace.language.ActionType;
import dev.millrace.language.EvaluationException;
import dev.millrace.language.Fitted;
import dev.millrace.language.Progress;
import dev.millrace.language.PureActions;
import dev.millrace.language.PureActions.Result;
import dev.millrace.language.Scope;
import dev.millrace.language.Script.Failing;
import dev.millrace.language.Shapes;
import dev.millrace.language.StepError;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes one attempt of a unit: renders its config as an execution would, and lets the script say what came of it. */
final class Attempts {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final World world;
    private final Desk desk;

    Attempts(World world, Desk desk) {
        this.world = world;
        this.desk = desk;
    }

    void run(Unit unit, Scope steps) {
        int number = world.state(unit.id()).attempt() + 1;
        Scope scope = world.scope(unit, steps);
        try {
            JsonNode rendered = unit.config().render(scope);
            if (unit.type().isEmpty()) {
                fail(
                        unit,
                        number,
                        "unknown_action",
                        "Expected an action of this company but got '" + unit.action() + "'");
                return;
            }
            ActionType type = unit.type().get();
            Fitted input = Shapes.fit(rendered, type.config());
            if (!input.fits()) {
                Fitted.Misfit first = input.misfits().getFirst();
                fail(unit, number, "config_invalid", first.path() + ": " + first.message());
                return;
            }
            world.began(unit, input.value());
            Optional<Failing> failing = world.scripted(world.script.failures(), unit);
            if (failing.isPresent() && number <= failing.get().times().orElse(Integer.MAX_VALUE)) {
                failAsScripted(unit, number, failing.get());
                return;
            }
            perform(unit, type, number, input.value(), scope);
        } catch (EvaluationException e) {
            fail(unit, number, e.code(), e.reason());
        }
    }

    private void failAsScripted(Unit unit, int number, Failing failing) {
        StepError error = StepError.of(failing.code(), failing.message(), number);
        if (failing.times().isPresent() && number < unit.retry().maxAttempts()) {
            world.retry(unit, error);
        } else {
            world.fail(unit, error);
        }
    }

    private void perform(Unit unit, ActionType type, int number, ObjectNode input, Scope scope) {
        switch (type.name()) {
            case "core.set" ->
                world.complete(unit, (ObjectNode) input.path("values").deepCopy());
            case "core.decide" ->
                result(
                        unit,
                        number,
                        PureActions.decide(
                                input, when -> PureActions.parsed(when).holds(scope)));
            case "core.assert" -> assertion(unit, number, input, scope);
            case "core.stop" -> stop(unit, input);
            case "core.wait" -> waitForInstant(unit, number, input);
            case "core.wait_for_event" -> waitForEvent(unit, input, scope);
            case "core.run_workflow" -> world.complete(unit, endOfOther(input));
            case "erp.approval.request" -> desk.ask(unit, input, scope);
            default -> world.complete(unit, JSON.objectNode());
        }
    }

    /** The other workflow is not entered; if it is waited for, it succeeds and gives nothing but what the script says. */
    private static ObjectNode endOfOther(ObjectNode input) {
        ObjectNode end = JSON.objectNode();
        if (input.path("wait").asBoolean(true)) {
            end.put("status", "completed").putObject("outputs");
        }
        return end;
    }

    private void result(Unit unit, int number, Result result) {
        switch (result) {
            case Result.Output output -> world.complete(unit, output.output());
            case Result.Failed failed -> fail(unit, number, failed.code(), failed.message());
        }
    }

    private void assertion(Unit unit, int number, ObjectNode input, Scope scope) {
        String that = input.path("that").asString();
        Optional<Result.Failed> failed = PureActions.assertion(
                that,
                PureActions.parsed(that).evaluate(scope),
                input.path("message").asString(),
                input.path("code").asStringOpt());
        result(unit, number, failed.<Result>map(f -> f).orElse(new Result.Output(JSON.objectNode())));
    }

    private void stop(Unit unit, ObjectNode input) {
        world.complete(unit, JSON.objectNode());
        if (world.stop.isEmpty()) {
            world.stop = Optional.of(new Progress.Stop(
                    input.path("status").asString("").equals("cancelled"),
                    input.path("reason").asString()));
        }
    }

    private void waitForInstant(Unit unit, int number, ObjectNode input) {
        Optional<Instant> until = PureActions.waitUntil(
                input, world.now, world.prepared.catalogue().zone());
        if (until.isEmpty()) {
            fail(unit, number, "until_invalid", "Expected 'day 18 10:00' or 'business day 3 09:00' at until_day");
        } else if (!until.get().isAfter(world.now)) {
            world.complete(unit, JSON.objectNode().put("resumed_at", world.now.toString()));
        } else {
            var wait = new Wait(unit, world.now);
            wait.wakeAt = until;
            wait.lastResort = until.get();
            world.waiting(unit, wait);
            world.say(unit.id(), "waiting", "until " + until.get());
        }
    }

    private void waitForEvent(Unit unit, ObjectNode input, Scope scope) {
        if (world.scriptedOutput(unit).isObject()) {
            world.complete(unit, JSON.objectNode());
            return;
        }
        var wait = new Wait(unit, world.now);
        String event = input.path("event").asString();
        wait.event = Optional.of(new Wait.Expected(
                event,
                PureActions.parsed(input.path("match").asString()),
                input.path("since").asString("").equals("trigger")));
        world.waiting(unit, wait);
        world.say(unit.id(), "waiting", "for " + event);
        wait.arrival = Arrivals.first(world, wait, scope);
    }

    private void fail(Unit unit, int number, String code, String message) {
        world.fail(unit, StepError.of(code, message, number));
    }
}
