package dev.millrace.language.check;

import dev.millrace.language.check.Outline.ActionUse;
import dev.millrace.language.check.Outline.Condition;
import dev.millrace.language.check.Outline.DeadlineOutline;
import dev.millrace.language.check.Outline.StepOutline;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes every expression of a definition to {@link ReferenceRule}, with what is in sight at its place. */
final class ExpressionWalk {
    /** In fields of type expression: the row of a query, the event of a wait. */
    private static final Set<String> CANDIDATES = Set.of("row", "event");

    /** Refused as not supported yet; complaining of its names as well would mislead. */
    private static final Set<String> LOOP = Set.of("item", "item_index");

    private final Outline outline;
    private final Dependencies dependencies;
    private final ReferenceRule rule;

    ExpressionWalk(Outline outline, Dependencies dependencies, ReferenceRule rule) {
        this.outline = outline;
        this.dependencies = dependencies;
        this.rule = rule;
    }

    void check() {
        outline.trigger().condition().ifPresent(c -> condition(c, Sight.ofTriggerCondition(), Set.of()));
        outline.steps().forEach(this::step);
        Sight atTheEnd = Sight.ofOnFailure(outline.ids());
        outline.onFailure().uses().forEach(use -> use(use, atTheEnd, Set.of()));
    }

    private void step(StepOutline step) {
        Sight before = Sight.ofStep(step.id(), dependencies.ancestorIds(step.index()));
        Sight sight = step.spot().key("for_each").isGiven() ? before.and(LOOP) : before;
        Set<List<String>> guarded = ReferenceRule.guardedBy(step.condition());
        step.condition().ifPresent(condition -> condition(condition, before, Set.of()));
        use(step.use(), sight, guarded);
        Sight after = sight.andOwnFailure();
        for (DeadlineOutline deadline : step.deadlines()) {
            use(deadline.use(), after, guarded);
        }
        step.onError().uses().forEach(use -> use(use, after, guarded));
    }

    private void use(ActionUse use, Sight sight, Set<List<String>> guarded) {
        Set<String> fields =
                use.fields().expressions().stream().map(Condition::path).collect(Collectors.toSet());
        Sight withCandidate = sight.and(CANDIDATES);
        use.fields().expressions().forEach(field -> condition(field, withCandidate, guarded));
        use.template()
                .ifPresent(template -> PlacedExpression.of(use.config().path(), template).stream()
                        .filter(placed -> !fields.contains(placed.path()))
                        .forEach(placed -> rule.check(placed, sight, guarded)));
    }

    private void condition(Condition condition, Sight sight, Set<List<String>> guarded) {
        Optional<PlacedExpression> placed =
                condition.expression().map(expression -> PlacedExpression.of(condition, expression));
        placed.ifPresent(p -> rule.check(p, sight, guarded));
    }
}
