package dev.millrace.engine.execution;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Tx;
import dev.millrace.engine.definition.CompiledDefinitions;
import dev.millrace.engine.definition.DefinitionRows;
import dev.millrace.engine.execution.ExecutionRows.Claimed;
import dev.millrace.engine.execution.WaitRows.Happened;
import dev.millrace.engine.execution.WaitRows.Waiting;
import dev.millrace.language.EvaluationException;
import dev.millrace.language.ItemScope;
import dev.millrace.language.PureActions;
import dev.millrace.language.Scope;
import dev.millrace.language.Step;
import dev.millrace.language.StepsScope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether an event is what a step waits for, in the eyes of that step. Reads without a lock. */
final class WaitCondition {
    private static final Logger log = LoggerFactory.getLogger(WaitCondition.class);

    private final ExecutionRows executions;
    private final Directory directory;
    private final DefinitionRows definitions;
    private final CompiledDefinitions compiled;

    WaitCondition(
            ExecutionRows executions, Directory directory, DefinitionRows definitions, CompiledDefinitions compiled) {
        this.executions = executions;
        this.directory = directory;
        this.definitions = definitions;
        this.compiled = compiled;
    }

    /** False also where the condition cannot be evaluated: the step waits on, as in a simulation. */
    boolean holds(Tx tx, Waiting wait, Happened event) {
        Optional<Loaded> execution = executions.find(tx, wait.execution()).map(claimed -> load(tx, claimed));
        boolean itself = execution
                .flatMap(Loaded::event)
                .filter(started -> started.id().equals(event.id()))
                .isPresent();
        if (execution.isEmpty() || itself) {
            return false;
        }
        try {
            return PureActions.parsed(wait.match())
                    .holds(new EventScope(scope(execution.get(), wait.step(), tx), event.payload()));
        } catch (EvaluationException e) {
            log.info(
                    "execution {} step {}: its match cannot be evaluated for the event {}: {}",
                    wait.execution(),
                    wait.step(),
                    event.id(),
                    e.reason());
            return false;
        }
    }

    private Loaded load(Tx tx, Claimed claimed) {
        List<StepRow> steps = executions.steps(tx, List.of(claimed.id())).getOrDefault(claimed.id(), List.of());
        return claimed.with(
                directory.tenant(tx),
                compiled.of(definitions.find(tx, claimed.definitionId()).orElseThrow()),
                steps);
    }

    private static Scope scope(Loaded execution, String step, Tx tx) {
        var state = new RunState(lists(execution), execution.steps());
        Scope steps = StepsScope.of(ExecutionScope.of(execution, tx.now()), execution.definition(), state.states());
        Unit unit = Units.of(execution.definition()).get(step);
        return unit.item()
                .<Scope>map(item -> {
                    StepRow list = state.row(unit.owner().orElseThrow().id()).orElseThrow();
                    return new ItemScope(steps, ItemList.item(list, item), item);
                })
                .orElse(steps);
    }

    private static Set<String> lists(Loaded execution) {
        return execution.definition().steps().stream()
                .filter(step -> step.forEach().isPresent())
                .map(Step::id)
                .collect(Collectors.toSet());
    }
}
