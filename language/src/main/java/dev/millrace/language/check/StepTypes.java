package dev.millrace.language.check;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Shape;
import dev.millrace.language.check.Outline.Condition;
import dev.millrace.language.check.Outline.StepOutline;
import dev.millrace.language.typing.Declared;
import dev.millrace.language.typing.Fields;
import dev.millrace.language.typing.Type;
import dev.millrace.language.typing.TypeScope;
import dev.millrace.language.typing.Types;
import dev.millrace.language.typing.Typing;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known at each place of a definition of the values that can be seen from there. */
final class StepTypes {
    private static final Type TENANT = Declared.NORMALISED.output(Sight.TENANT);
    private static final Type WORKFLOW = Declared.NORMALISED.output(Sight.WORKFLOW);
    private static final Type EXECUTION = Declared.NORMALISED.output(Sight.EXECUTION);
    private static final Type ERROR = Declared.NORMALISED.output(Sight.ERROR);
    private static final Type STATUS = new Type.Text(Type.Form.PLAIN, Sight.STATUSES, false);

    private final Type trigger;
    private final Certainty certainty;
    private final Map<String, Integer> byId;
    private final OutputTypes outputTypes;
    private final Map<Integer, Type> outputs = new HashMap<>();

    /** Which conditions prove of a path that it has a value; a step whose own condition held has begun. */
    private final Map<List<String>, BitSet> proofs = new HashMap<>();

    private final Set<List<String>> provenByTrigger;

    StepTypes(Outline outline, Catalogue catalogue, Shape trigger, Dependencies dependencies) {
        this.trigger = TriggerType.declared(outline.trigger(), trigger);
        this.certainty = new Certainty(outline.steps(), dependencies);
        this.byId = dependencies.byId();
        this.outputTypes = new OutputTypes(catalogue);
        this.provenByTrigger = proven(outline.trigger().condition());
        outline.steps()
                .forEach(step -> proven(step.condition())
                        .forEach(path ->
                                proofs.computeIfAbsent(path, p -> new BitSet()).set(step.index())));
    }

    private static Set<List<String>> proven(Optional<Condition> condition) {
        return condition
                .flatMap(Condition::expression)
                .map(Typing::presentWhenTrue)
                .orElse(Set.of());
    }

    OutputTypes outputs() {
        return outputTypes;
    }

    /** Before there is an execution. */
    TypeScope inTriggerCondition(Sight sight) {
        return new View(sight, new BitSet(), Set.of(), Map.of());
    }

    /** Before there is an execution, but after the condition of the trigger. */
    TypeScope inConcurrencyKey(Sight sight) {
        return new View(sight, new BitSet(), provenByTrigger, Map.of());
    }

    TypeScope inCondition(StepOutline step, Sight sight) {
        return new View(sight, certainty.before(step.index()), provenByTrigger, Map.of());
    }

    /** @param more names that are in sight only there */
    TypeScope inStep(StepOutline step, Sight sight, Map<String, Type> more) {
        var begun = (BitSet) certainty.before(step.index()).clone();
        begun.set(step.index());
        return new View(sight, begun, provenByTrigger, more);
    }

    TypeScope inOnFailure(Sight sight) {
        return new View(sight, new BitSet(), provenByTrigger, Map.of());
    }

    /** To be called in the order in which steps depend on each other; a circle knows nothing of itself. */
    void settle(StepOutline step, TypeScope inConfig) {
        Type output = outputTypes.of(step.use(), inConfig);
        outputs.put(step.index(), step.forEach().isPresent() ? new Type.Items(output) : output);
    }

    /** The types that are in sight at one place. */
    private final class View implements TypeScope {
        private final Sight sight;
        private final BitSet begun;
        private final Set<List<String>> proven;
        private final Map<String, Type> more;

        /** @param begun steps of which the condition held, by index; all but the one that looks have completed */
        View(Sight sight, BitSet begun, Set<List<String>> proven, Map<String, Type> more) {
            this.sight = sight;
            this.begun = begun;
            this.proven = proven;
            this.more = more;
        }

        @Override
        public Optional<Type> root(String name) {
            if (!sight.roots().contains(name)) {
                return Optional.empty();
            }
            return switch (name) {
                case "trigger" -> Optional.of(trigger);
                case "tenant" -> Optional.of(TENANT);
                case "workflow" -> Optional.of(WORKFLOW);
                case "execution" -> Optional.of(EXECUTION);
                case "steps" -> Optional.of(new Type.Mapping(new Steps(this)));
                default -> Optional.ofNullable(more.get(name));
            };
        }

        @Override
        public boolean isPresent(List<String> path) {
            BitSet proof = proofs.get(path);
            return proven.contains(path) || (proof != null && proof.intersects(begun));
        }

        private Optional<Type> step(String id) {
            Integer index = byId.get(id);
            boolean own = sight.self().filter(id::equals).isPresent();
            if (index == null || (!own && !sight.ancestors().contains(id))) {
                return Optional.empty();
            }
            boolean failed = own || !sight.self().isPresent();
            Map<String, Type> parts = Map.of(
                    "status",
                    STATUS,
                    "attempt",
                    Types.WHOLE,
                    "error",
                    failed ? ERROR : ERROR.orNone(),
                    "output",
                    output(index, id));
            return Optional.of(new Type.Mapping(Fields.of(parts, true)));
        }

        private Type output(int index, String id) {
            Type output = Optional.ofNullable(outputs.get(index)).orElse(Types.ANY);
            boolean completed = begun.get(index) || isPresent(List.of("steps", id, "output"));
            if (completed || output instanceof Type.Unknown) {
                return output;
            }
            return output instanceof Type.Mapping map
                    ? new Type.Mapping(new Fields.Doubtful(map.fields()))
                    : output.orNone();
        }
    }

    /** The steps by their ids; which there are, and which may be read, is for {@link ReferenceRule} to say. */
    private record Steps(View view) implements Fields {
        @Override
        public Optional<Type> get(String name) {
            return view.step(name);
        }

        @Override
        public Collection<String> names() {
            return Set.of();
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }
}
