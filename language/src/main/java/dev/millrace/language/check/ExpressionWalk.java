package dev.millrace.language.check;

import dev.millrace.language.ActionType;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Shape;
import dev.millrace.language.Template;
import dev.millrace.language.ValueType.Scalar;
import dev.millrace.language.check.Outline.ActionUse;
import dev.millrace.language.check.Outline.Condition;
import dev.millrace.language.check.Outline.DeadlineOutline;
import dev.millrace.language.check.Outline.StepOutline;
import dev.millrace.language.typing.Type;
import dev.millrace.language.typing.TypeScope;
import dev.millrace.language.typing.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes every expression of a definition to {@link ReferenceRule} and {@link TypeRule}, with what is in sight at its
 * place. Steps come after those that they wait for, so that what those give is known.
 */
final class ExpressionWalk {
    private static final String ROW = "row";

    private final Outline outline;
    private final Dependencies dependencies;
    private final ReferenceRule references;
    private final TypeRule types;
    private final RowRule rows;
    private final StepTypes known;

    ExpressionWalk(Outline outline, Dependencies dependencies, Catalogue catalogue, Findings findings) {
        Shape trigger = TriggerType.of(outline.trigger(), catalogue);
        this.outline = outline;
        this.dependencies = dependencies;
        this.references = new ReferenceRule(outline, trigger, findings);
        this.types = new TypeRule(findings);
        this.rows = new RowRule(findings);
        this.known = new StepTypes(outline, catalogue, trigger, dependencies);
    }

    void check() {
        Sight before = Sight.ofTriggerCondition();
        outline.trigger().condition().ifPresent(c -> condition(c, before, known.inTriggerCondition(before)));
        outline.concurrencyKey()
                .ifPresent(key -> template(
                        key, outline.workflow().key("concurrency").key("key"), before, known.inConcurrencyKey(before)));
        dependencies.order().forEach(index -> step(outline.steps().get(index)));
        Sight atTheEnd = Sight.ofOnFailure(outline.ids());
        outline.onFailure().uses().forEach(use -> use(use, atTheEnd, Map.of(), more -> known.inOnFailure(atTheEnd)));
    }

    private void step(StepOutline step) {
        Sight sight = Sight.ofStep(step.id(), dependencies.ancestorIds(step.index()));
        step.condition().ifPresent(condition -> condition(condition, sight, known.inCondition(step, sight)));
        Map<String, Type> item = item(step, sight);
        Sight within = sight.and(item.keySet());
        use(step.use(), within, item, more -> known.inStep(step, within.and(more.keySet()), more));
        Sight waiting = within.andOwnFailure();
        for (DeadlineOutline deadline : step.deadlines()) {
            use(deadline.use(), waiting, item, more -> known.inStep(step, waiting.and(more.keySet()), more));
        }
        Sight failed = sight.andOwnFailure();
        step.onError()
                .uses()
                .forEach(use ->
                        use(use, failed, Map.of(), more -> known.inStep(step, failed.and(more.keySet()), more)));
        known.settle(step, known.inStep(step, within, item));
    }

    /** What a step sees of the list that it runs over. */
    private Map<String, Type> item(StepOutline step, Sight sight) {
        if (!step.spot().key("for_each").isGiven()) {
            return Map.of();
        }
        Type item = step.forEach()
                .flatMap(ExpressionWalk::placed)
                .map(list -> {
                    references.check(list, sight);
                    return types.forEach(list, known.inStep(step, sight, Map.of()));
                })
                .orElse(Types.ANY);
        return Map.of("item", item, "item_index", Types.WHOLE);
    }

    /**
     * @param names those of the items of a list, with their types
     * @param scope makes the scope with more names in sight
     */
    private void use(
            ActionUse use, Sight sight, Map<String, Type> names, Function<Map<String, Type>, TypeScope> scope) {
        Set<String> fields =
                use.fields().expressions().stream().map(Condition::path).collect(Collectors.toSet());
        if (!fields.isEmpty()) {
            Map<String, Type> all = candidates(use);
            all.putAll(names);
            Sight withCandidate = sight.and(all.keySet());
            TypeScope types = scope.apply(all);
            use.fields().expressions().forEach(field -> condition(field, withCandidate, types));
            Optional.ofNullable(all.get(ROW))
                    .ifPresent(row -> use.fields()
                            .expressions()
                            .forEach(field -> placed(field).ifPresent(where -> rows.check(where, row))));
        }
        use.template().ifPresent(template -> config(use, template, fields, sight, scope.apply(names)));
    }

    /** In fields of type expression: the row of a query, the event of a wait. */
    private Map<String, Type> candidates(ActionUse use) {
        Map<String, Type> candidates = new HashMap<>();
        if (OutputTypes.names(use, Scalar.ENTITY)) {
            candidates.put(ROW, known.outputs().entity(use).orElse(Types.ANY));
        }
        if (OutputTypes.names(use, Scalar.EVENT)) {
            candidates.put("event", known.outputs().event(use).orElse(Types.ANY));
        }
        return candidates;
    }

    private void config(ActionUse use, Template template, Set<String> fields, Sight sight, TypeScope scope) {
        List<PlacedExpression> placed = PlacedExpression.of(use.config().path(), template).stream()
                .filter(each -> !fields.contains(each.path()))
                .toList();
        if (placed.isEmpty()) {
            return;
        }
        Optional<Slots> slots = use.type()
                .map(ActionType::config)
                .map(shape -> Slots.of(use.config().path(), template.source(), shape));
        for (PlacedExpression each : placed) {
            references.check(each, sight);
            types.template(each, scope, slots.flatMap(s -> s.at(each.path())));
        }
    }

    private void template(Template template, Spot spot, Sight sight, TypeScope scope) {
        PlacedExpression.of(spot.path(), template).forEach(each -> {
            references.check(each, sight);
            types.template(each, scope, Optional.empty());
        });
    }

    private void condition(Condition condition, Sight sight, TypeScope scope) {
        placed(condition).ifPresent(placed -> {
            references.check(placed, sight);
            types.condition(placed, scope);
        });
    }

    private static Optional<PlacedExpression> placed(Condition condition) {
        return condition.expression().map(expression -> PlacedExpression.of(condition, expression));
    }
}
