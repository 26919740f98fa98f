package dev.millrace.language.simulation;

import dev.millrace.language.Deadline;
import dev.millrace.language.Planner;
import dev.millrace.language.Scope;
import dev.millrace.language.StepError;
import dev.millrace.language.StepState;
import dev.millrace.language.StepState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What happens to units that wait when the clock has come so far. */
final class Deadlines {
    private final World world;
    private final Attempts attempts;
    private final Desk desk;

    Deadlines(World world, Attempts attempts, Desk desk) {
        this.world = world;
        this.attempts = attempts;
        this.desk = desk;
    }

    /** A deadline comes before an answer or event of the same instant. */
    void look(Wait wait) {
        Instant now = world.now;
        if (wait.wakeAt.filter(at -> !at.isAfter(now)).isPresent()) {
            complete(wait, "resumed_at", now.toString());
        } else if (!wait.deadline().isAfter(now)) {
            fallDue(wait);
        } else if (wait.answer.filter(due -> !due.at().isAfter(now)).isPresent()) {
            desk.decide(wait);
        } else if (wait.arrival.filter(event -> !event.at().isAfter(now)).isPresent()) {
            Wait.Arrived event = wait.arrival.orElseThrow();
            ObjectNode output = JsonNodeFactory.instance.objectNode().put("event_id", event.id());
            output.set("payload", event.payload());
            world.complete(wait.unit, output);
        }
    }

    private void complete(Wait wait, String field, String value) {
        world.complete(wait.unit, JsonNodeFactory.instance.objectNode().put(field, value));
    }

    private void fallDue(Wait wait) {
        Optional<Deadline> entry = wait.entry();
        if (entry.isEmpty()) {
            expire(wait, "");
            return;
        }
        Scope scope = world.scope();
        String action = entry.get().action();
        if (wait.request.isPresent() && (action.equals(Desk.ESCALATE) || action.equals(Desk.AUTO_APPROVE))) {
            desk.decideByDeadline(wait, scope).ifPresent(why -> expire(wait, "; " + action + " failed: " + why));
            return;
        }
        runEntry(wait, entry.get(), scope);
    }

    /** Any other action: the request expires first, then the action runs as a unit of its own, then the step ends. */
    private void runEntry(Wait wait, Deadline entry, Scope scope) {
        if (!entry.thenContinue()) {
            wait.request.ifPresent(request -> request.end("expired"));
            wait.answer = Optional.empty();
            wait.arrival = Optional.empty();
        }
        String id = Planner.onTimeoutId(wait.unit.id(), wait.passed);
        attempts.run(world.unit(id), scope);
        StepState state = world.state(id);
        if (!state.status().isFinal()) {
            wait.repeatAt = state.dueAt();
            return;
        }
        wait.repeatAt = Optional.empty();
        if (entry.thenContinue()) {
            wait.passed++;
            wait.lastResort = world.now.plus(Wait.EXPIRY);
        } else {
            expire(wait, state.status() == Status.COMPLETED ? "" : "; " + entry.action() + " failed");
        }
    }

    private void expire(Wait wait, String remark) {
        boolean forPeople = wait.request.isPresent();
        wait.request.filter(Request::isPending).ifPresent(request -> request.end("expired"));
        String waited = inWords(Duration.between(wait.since, world.now));
        String message = (forPeople ? "Nobody decided within " : "Nothing came within ") + waited + remark;
        String code = forPeople ? "approval_expired" : "wait_timed_out";
        world.say(wait.unit.id(), "expired", message);
        world.fail(
                wait.unit,
                StepError.of(code, message, world.state(wait.unit.id()).attempt()));
    }

    private static String inWords(Duration waited) {
        if (waited.toHours() < 1) {
            return Math.max(1, waited.toMinutes()) + " min";
        }
        return waited.toDays() >= 2 ? waited.toDays() + " days" : waited.toHours() + " h";
    }
}
