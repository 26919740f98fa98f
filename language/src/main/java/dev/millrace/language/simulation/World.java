package dev.millrace.language.simulation;

import dev.millrace.language.Fitted;
import dev.millrace.language.ItemScope;
import dev.millrace.language.Planner;
import dev.millrace.language.Progress;
import dev.millrace.language.Scope;
import dev.millrace.language.Script;
import dev.millrace.language.Shape;
import dev.millrace.language.Shapes;
import dev.millrace.language.Simulated.Moment;
import dev.millrace.language.Simulated.Ran;
import dev.millrace.language.StepError;
import dev.millrace.language.StepState;
import dev.millrace.language.StepState.Status;
import dev.millrace.language.StepsScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How one simulated execution stands. */
final class World {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    final Simulation.Prepared prepared;
    final Script script;
    final Instant startedAt;
    final Map<String, StepState> states = new LinkedHashMap<>();
    final Map<String, Wait> waits = new LinkedHashMap<>();
    final List<Request> requests = new ArrayList<>();
    final List<Moment> timeline = new ArrayList<>();
    final List<String> path = new ArrayList<>();
    Instant now;
    Optional<Progress.Stop> stop = Optional.empty();
    int work;

    private final Map<String, JsonNode> roots;
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, JsonNode> items = new HashMap<>();
    private final Map<String, Unit> itemUnits = new HashMap<>();
    private final Map<String, ObjectNode> inputs = new HashMap<>();

    World(Simulation.Prepared prepared, Script script, Map<String, JsonNode> roots, Instant startedAt) {
        this.prepared = prepared;
        this.script = script;
        this.roots = roots;
        this.startedAt = startedAt;
        this.now = startedAt;
    }

    Progress progress() {
        return new Progress(states, counts, stop);
    }

    Scope context() {
        return new SimulatedScope(
                roots,
                now,
                prepared.catalogue().zone(),
                prepared.catalogue().currency());
    }

    JsonNode trigger() {
        return Optional.ofNullable(roots.get("trigger")).orElse(JSON.missingNode());
    }

    Scope scope() {
        return StepsScope.of(context(), prepared.definition(), states);
    }

    /** With the item in sight, if the unit belongs to one. */
    Scope scope(Unit unit, Scope steps) {
        if (unit.item() < 0) {
            return steps;
        }
        String id = Planner.itemId(unit.step().orElseThrow().id(), unit.item());
        JsonNode item = Optional.ofNullable(items.get(id)).orElseThrow();
        return new ItemScope(steps, item, unit.item());
    }

    Unit unit(String id) {
        return Optional.ofNullable(itemUnits.get(id))
                .or(() -> Optional.ofNullable(prepared.units().get(id)))
                .orElseThrow();
    }

    StepState state(String unit) {
        return states.getOrDefault(unit, StepState.PENDING);
    }

    void expand(String step, List<JsonNode> list) {
        counts.put(step, list.size());
        states.put(step, new StepState(
                Status.RUNNING, 1, Optional.empty(), JSON.missingNode(), Optional.empty(), Optional.empty()));
        Unit whole = unit(step);
        for (int i = 0; i < list.size(); i++) {
            String id = Planner.itemId(step, i);
            items.put(id, list.get(i));
            itemUnits.put(id, whole.forItem(id, i));
            for (int n = 0; n < whole.deadlines().size(); n++) {
                String deadline = Planner.onTimeoutId(id, n);
                itemUnits.put(deadline, unit(Planner.onTimeoutId(step, n)).forItem(deadline, i));
            }
        }
        say(step, "started", "once for each of " + list.size() + " items");
    }

    int itemsUnderWay() {
        return items.size();
    }

    /** What the script says of a unit, or of all items of its step. */
    <T> Optional<T> scripted(Map<String, T> said, Unit unit) {
        return Optional.ofNullable(said.get(unit.id())).or(() -> Optional.ofNullable(said.get(unit.general())));
    }

    /** What the script says of a unit's output; nothing is an empty map. */
    JsonNode scriptedOutput(Unit unit) {
        JsonNode said = scripted(script.outputs(), unit).orElse(JSON.missingNode());
        return said.isArray() && unit.item() >= 0 ? said.path(unit.item()) : said;
    }

    void began(Unit unit, ObjectNode input) {
        inputs.put(unit.id(), input);
    }

    /** With what the script says, and what is made up for required fields that neither gave. */
    void complete(Unit unit, ObjectNode given) {
        ObjectNode output = given;
        scriptedOutput(unit).properties().forEach(field -> output.set(field.getKey(), field.getValue()));
        end(unit, Status.COMPLETED, fit(unit.output(), output, unit.id()), Optional.empty());
        say(unit.id(), "completed", unit.action());
    }

    ObjectNode fit(Shape shape, JsonNode given, String whose) {
        return Shapes.fit(plausible().fill(shape, given, whose), shape).value();
    }

    Fitted fitted(Shape shape, JsonNode given, String whose) {
        return Shapes.fit(plausible().fill(shape, given, whose), shape);
    }

    private Plausible plausible() {
        return new Plausible(
                now,
                prepared.catalogue().zone(),
                prepared.catalogue().currency());
    }

    void fail(Unit unit, StepError error) {
        end(unit, Status.FAILED, JSON.missingNode(), Optional.of(error));
        say(unit.id(), "failed", error.code() + ": " + error.message());
    }

    void retry(Unit unit, StepError error) {
        Instant at = now.plus(unit.retry().ceilingBefore(error.attempt() + 1));
        put(unit, Status.PENDING, error.attempt(), JSON.missingNode(), Optional.of(error), Optional.of(at));
        say(unit.id(), "retried", error.code() + ": " + error.message() + "; again at " + at);
    }

    void waiting(Unit unit, Wait wait) {
        waits.put(unit.id(), wait);
        int attempt = state(unit.id()).attempt() + 1;
        put(unit, Status.WAITING, attempt, JSON.missingNode(), Optional.empty(), Optional.empty());
    }

    /** A wait has had its attempt; anything else has it now. */
    private void end(Unit unit, Status status, JsonNode output, Optional<StepError> error) {
        StepState before = state(unit.id());
        int attempt = before.status() == Status.WAITING ? before.attempt() : before.attempt() + 1;
        waits.remove(unit.id());
        put(unit, status, attempt, output, error, Optional.empty());
        if (unit.step().filter(s -> s.id().equals(unit.id())).isPresent()) {
            path.add(unit.id());
        }
    }

    private void put(
            Unit unit,
            Status status,
            int attempt,
            JsonNode output,
            Optional<StepError> error,
            Optional<Instant> dueAt) {
        states.put(unit.id(), new StepState(status, attempt, Optional.empty(), output, error, dueAt));
    }

    void settle(String step, StepState state) {
        states.put(step, state);
        if (state.status() == Status.SKIPPED) {
            say(step, "skipped", state.skipReason().orElse(""));
            return;
        }
        path.add(step);
        String text = state.error().map(e -> e.code() + ": " + e.message()).orElse(unit(step).action());
        say(step, state.status() == Status.FAILED ? "failed" : "completed", text);
    }

    void cancel(String id) {
        Optional.ofNullable(waits.remove(id))
                .flatMap(wait -> wait.request)
                .filter(Request::isPending)
                .ifPresent(request -> request.end("cancelled"));
        StepState before = state(id);
        put(unit(id), Status.CANCELLED, before.attempt(), before.output(), before.error(), Optional.empty());
        say(id, "cancelled", "the execution is ending");
    }

    void say(String unit, String what, String text) {
        timeline.add(new Moment(now, unit, what, text));
    }

    Map<String, Ran> units() {
        var units = new LinkedHashMap<String, Ran>();
        states.forEach((id, state) -> units.put(
                id,
                new Ran(
                        id,
                        unit(id).action(),
                        state.status(),
                        state.skipReason(),
                        state.attempt(),
                        Optional.ofNullable(inputs.get(id)),
                        state.output(),
                        state.error())));
        return units;
    }
}
