package dev.millrace.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One checked, immutable version of a workflow, everything in it parsed.
 *
 * @param enabled what the text says, if it does; the server decides
 * @param steps in the order of the text; ids unique, dependencies known and free of cycles
 */
public record Definition(
        String name,
        Optional<String> description,
        Optional<Boolean> enabled,
        Trigger trigger,
        Optional<Concurrency> concurrency,
        List<Step> steps,
        Handlers onFailure) {
    public Definition {
        steps = List.copyOf(steps);
    }

    public Optional<Step> step(String id) {
        return steps.stream().filter(s -> s.id().equals(id)).findFirst();
    }

    /** Ids of the steps that no other depends on: what they give is what a run of the definition gives. */
    public List<String> lastSteps() {
        Set<String> before = steps.stream().flatMap(s -> s.dependsOn().stream()).collect(Collectors.toSet());
        return steps.stream().map(Step::id).filter(id -> !before.contains(id)).toList();
    }

    /** Names of the definitions that its steps run, those that are written out. */
    public Set<String> runs() {
        return steps.stream()
                .filter(step -> step.action().equals("core.run_workflow"))
                .map(step -> step.config().source().path("workflow").asString(""))
                .filter(name -> !name.isEmpty() && !name.contains("{{"))
                .collect(Collectors.toSet());
    }

    /** Names of all actions in it: of its steps, their deadlines, and of handlers. */
    public Set<String> actions() {
        var names = new TreeSet<String>();
        for (Step step : steps) {
            names.add(step.action());
            step.onTimeout().forEach(deadline -> names.add(deadline.action()));
            step.onError().list().forEach(handler -> names.add(handler.action()));
        }
        onFailure.list().forEach(handler -> names.add(handler.action()));
        return names;
    }

    /** Steps by id, in the order of the text. */
    public Map<String, Step> stepsById() {
        var byId = new LinkedHashMap<String, Step>();
        steps.forEach(s -> byId.put(s.id(), s));
        return byId;
    }
}
