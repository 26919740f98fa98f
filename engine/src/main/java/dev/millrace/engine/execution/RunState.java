package dev.millrace.engine.execution;

import dev.millrace.engine.Json;
import dev.millrace.language.Planner;
import dev.millrace.language.Progress;
import dev.millrace.language.StepState;
import dev.millrace.language.StepState.Status;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** How far an execution has come, as its rows say, and what of it runs on this node at this moment. */
final class RunState {
    private final Set<String> lists;
    private final Map<String, StepRow> rows = new LinkedHashMap<>();
    private final Set<String> running = new HashSet<>();
    private final Set<String> deadlines = new HashSet<>();

    /** @param lists ids of the steps that run once for each item of a list */
    RunState(Set<String> lists, Collection<StepRow> rows) {
        this.lists = Set.copyOf(lists);
        rows.forEach(this::put);
    }

    void put(StepRow row) {
        rows.put(row.id(), row);
    }

    /** What was put for the unit is not true. */
    void takeBack(String unit, Optional<StepRow> before) {
        before.ifPresentOrElse(this::put, () -> rows.remove(unit));
    }

    /** What the database says; a unit that runs here knows better. */
    void refresh(Collection<StepRow> stored) {
        stored.stream().filter(row -> !running.contains(row.id())).forEach(this::put);
    }

    Optional<StepRow> row(String unit) {
        return Optional.ofNullable(rows.get(unit));
    }

    void started(String unit) {
        running.add(unit);
    }

    void startedDeadline(String step) {
        deadlines.add(step);
    }

    /** It runs no more. The unit of a deadline reports under its own id. */
    void ended(String unit) {
        running.remove(unit);
        deadlines.remove(unit);
        deadlines.removeIf(step -> unit.startsWith(step + ".on_timeout["));
    }

    /** What runs counts no more: the execution ends without it. */
    void forgetRunning() {
        running.clear();
        deadlines.clear();
    }

    boolean isAnythingRunning() {
        return !running.isEmpty() || !deadlines.isEmpty();
    }

    boolean isAnyDeadlineRunning() {
        return !deadlines.isEmpty();
    }

    Progress progress() {
        return new Progress(states(), items(), stop());
    }

    private Map<String, Integer> items() {
        var items = new HashMap<String, Integer>();
        for (String list : lists) {
            row(list).flatMap(ItemList::count).ifPresent(count -> items.put(list, count));
        }
        return items;
    }

    Map<String, StepState> states() {
        var states = new HashMap<String, StepState>();
        rows.forEach((id, row) ->
                states.put(id, row.status() == Status.RUNNING && !lists.contains(id) ? interrupted(row) : row.state()));
        running.forEach(id -> states.put(id, running(states.getOrDefault(id, StepState.PENDING))));
        return states;
    }

    private static StepState running(StepState before) {
        return new StepState(
                Status.RUNNING,
                before.attempt() + 1,
                Optional.empty(),
                before.output(),
                Optional.empty(),
                Optional.empty());
    }

    /** Its node was lost during the call: the next attempt may start at once. */
    private static StepState interrupted(StepRow row) {
        return new StepState(
                Status.PENDING,
                row.attempt(),
                Optional.empty(),
                row.state().output(),
                Optional.empty(),
                Optional.empty());
    }

    Optional<Progress.Stop> stop() {
        return rows.values().stream()
                .filter(row -> row.action().equals("core.stop") && row.status() == Status.COMPLETED)
                .findFirst()
                .flatMap(StepRow::input)
                .map(input -> new Progress.Stop(
                        input.path("status").asString().equals("cancelled"),
                        input.path("reason").asString()));
    }

    /** Whether a unit that is ready may start now: it does not run, and a retry's time has come. */
    boolean isDue(String unit, Instant now) {
        return !running.contains(unit)
                && row(unit)
                        .flatMap(StepRow::dueAt)
                        .filter(at -> at.isAfter(now))
                        .isEmpty();
    }

    /** Waiting steps whose time is up and for which nothing is being done yet. */
    List<String> dueDeadlines(Instant now) {
        return rows.values().stream()
                .filter(row -> row.status() == Status.WAITING && !deadlines.contains(row.id()))
                .filter(row -> row.dueAt().filter(at -> !at.isAfter(now)).isPresent())
                .filter(row -> isDue(Planner.onTimeoutId(row.id(), row.deadlineNo()), now))
                .map(StepRow::id)
                .toList();
    }

    /** When something of what waits, or of the {@code ready}, falls due next. */
    Optional<Instant> nextDue(Collection<String> ready) {
        return rows.values().stream()
                .filter(row -> (row.status() == Status.WAITING && !deadlines.contains(row.id()))
                        || (row.status() == Status.PENDING && ready.contains(row.id())))
                .flatMap(row -> row.dueAt().stream())
                .min(Instant::compareTo);
    }

    /** The earliest instant at which anything that is not over falls due. */
    Optional<Instant> nextDue() {
        return rows.values().stream()
                .filter(row -> !row.status().isFinal())
                .flatMap(row -> row.dueAt().stream())
                .min(Instant::compareTo);
    }

    /** What a parked execution is said to do. */
    String parkedStatus() {
        List<StepRow> waiting = rows.values().stream()
                .filter(row -> row.status() == Status.WAITING)
                .toList();
        if (waiting.isEmpty()) {
            return "running";
        }
        return waiting.stream().anyMatch(row -> row.action().equals("erp.approval.request") && !row.sentBack())
                ? "awaiting_approval"
                : "waiting";
    }

    /** What the steps gave that have completed, by their ids. */
    ObjectNode outputs(Collection<String> steps) {
        ObjectNode outputs = Json.object();
        steps.stream()
                .flatMap(step -> row(step).stream())
                .filter(row -> row.status() == Status.COMPLETED)
                .forEach(row -> row.output().ifPresent(output -> outputs.set(row.id(), output)));
        return outputs;
    }

    List<String> unfinished() {
        return rows.values().stream()
                .filter(row -> !row.status().isFinal())
                .map(StepRow::id)
                .toList();
    }
}
