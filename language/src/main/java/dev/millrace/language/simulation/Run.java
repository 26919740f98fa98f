package dev.millrace.language.simulation;

import dev.millrace.language.Next;
import dev.millrace.language.Planner;
import dev.millrace.language.Scope;
import dev.millrace.language.Simulated;
import dev.millrace.language.Simulated.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Drives one simulated execution: asks the planner, runs what it says, and moves the clock when nothing is to be done. */
final class Run {
    /** Of an attempt, against one look at a step. */
    private static final int ATTEMPT = 20;

    private final World world;
    private final Start start;
    private final int most;
    private final Attempts attempts;
    private final Deadlines deadlines;

    Run(World world, Start start, int most) {
        this.world = world;
        this.start = start;
        this.most = most;
        var desk = new Desk(world);
        this.attempts = new Attempts(world, desk);
        this.deadlines = new Deadlines(world, attempts, desk);
    }

    Simulated toTheEnd() {
        if (!start.starts()) {
            return simulated("not_started", "not_started", Optional.empty());
        }
        world.say("", "started", start.reason());
        Optional<Next.Ending> ending = Optional.empty();
        while (ending.isEmpty() && world.work <= most) {
            ending = round();
        }
        if (ending.isEmpty()) {
            return simulated("unfinished", "unfinished", Optional.empty());
        }
        world.say("", "ended", ending.get().outcome());
        return simulated(ending.get().status(), ending.get().outcome(), failure(ending.get()));
    }

    private Optional<Next.Ending> round() {
        world.work += world.prepared.definition().steps().size() + world.itemsUnderWay();
        Next next = Planner.next(world.prepared.definition(), world.progress(), world.context());
        next.settled().forEach(world::settle);
        next.expanded().forEach(world::expand);
        next.cancel().forEach(world::cancel);
        if (next.ending().isPresent()) {
            return next.ending();
        }
        List<String> due = next.ready().stream().filter(this::isDue).toList();
        if (!due.isEmpty()) {
            Scope scope = world.scope();
            due.forEach(id -> attempt(id, scope));
        } else if (next.settled().isEmpty()
                && next.expanded().isEmpty()
                && next.cancel().isEmpty()) {
            moveTheClock(next.ready());
        }
        return Optional.empty();
    }

    private boolean isDue(String unit) {
        return world.state(unit)
                .dueAt()
                .filter(at -> at.isAfter(world.now))
                .isEmpty();
    }

    private void attempt(String unit, Scope scope) {
        world.work += ATTEMPT;
        attempts.run(world.unit(unit), scope);
    }

    private void moveTheClock(List<String> ready) {
        Instant next = Stream.concat(
                        world.waits.values().stream().map(Wait::next),
                        ready.stream().flatMap(id -> world.state(id).dueAt().stream()))
                .min(Instant::compareTo)
                .orElseThrow(() -> new IllegalStateException(
                        world.prepared.definition().name() + " has nothing to wait for"));
        world.now = next.isAfter(world.now) ? next : world.now;
        for (Wait wait : List.copyOf(world.waits.values())) {
            if (world.waits.get(wait.unit.id()) == wait && !wait.next().isAfter(world.now)) {
                world.work += ATTEMPT;
                deadlines.look(wait);
            }
        }
    }

    private Optional<Failure> failure(Next.Ending ending) {
        return ending.step().flatMap(step -> ending.error().map(error -> new Failure(step, error)));
    }

    private Simulated simulated(String status, String outcome, Optional<Failure> failed) {
        return new Simulated(
                start.starts(),
                start.reason(),
                start.values(),
                start.misfits(),
                world.path,
                status,
                outcome,
                failed,
                world.requests.stream().map(Request::asked).toList(),
                world.units(),
                world.timeline,
                world.now,
                world.work);
    }
}
