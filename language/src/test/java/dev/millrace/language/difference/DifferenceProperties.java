package dev.millrace.language.difference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Change;
import dev.millrace.language.Deadline;
import dev.millrace.language.Definition;
import dev.millrace.language.Differences;
import dev.millrace.language.Expression;
import dev.millrace.language.Expressions;
import dev.millrace.language.Expressions.Parsed;
import dev.millrace.language.ForEach;
import dev.millrace.language.Handlers;
import dev.millrace.language.RandomDefinitions;
import dev.millrace.language.Retry;
import dev.millrace.language.Step;
import dev.millrace.language.Template;
import dev.millrace.language.check.TestCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.node.ObjectNode;

/** Nothing is told where nothing changed, and no change is passed over. */
class DifferenceProperties {
    private static final Catalogue CATALOGUE = TestCatalogue.everything();

    /** One thing of a step that changes. */
    enum Mutation {
        ACTION,
        DEPENDS_ON,
        CONDITION,
        FOR_EACH,
        IF_SKIPPED,
        CONFIG,
        TIMEOUT,
        RETRY,
        ON_TIMEOUT,
        ON_ERROR,
        ID
    }

    @Property(tries = 300)
    void a_definition_does_not_differ_from_itself(@ForAll long seed) {
        Definition before = new RandomDefinitions(seed).next();
        Definition after = new RandomDefinitions(seed).next();

        assertThat(Differences.between(before, after, CATALOGUE)).isEmpty();
    }

    @Property(tries = 500)
    void a_change_of_a_step_is_told_at_that_step(@ForAll long seed, @ForAll Mutation mutation) {
        Definition before = new RandomDefinitions(seed).next();
        int index = new Random(seed).nextInt(before.steps().size());
        Step step = before.steps().get(index);
        List<Step> steps = new ArrayList<>(before.steps());
        steps.set(index, mutated(step, mutation));
        Definition after = with(before, steps);

        List<Change> changes = Differences.between(before, after, CATALOGUE);

        assertThat(changes).isNotEmpty().allSatisfy(change -> {
            assertThat(change.words()).endsWith(".").doesNotContain("{0}", "{1}");
            assertThat(change.path()).isNotEmpty();
        });
        assertThat(changes).anySatisfy(change -> assertThat(change.path()).startsWith("steps[" + index + "]"));
    }

    @Property(tries = 300)
    void a_step_that_is_gone_or_new_is_told(@ForAll long seed) {
        Definition whole = new RandomDefinitions(seed).next();
        Step last = whole.steps().getLast();
        Definition shorter = with(whole, whole.steps().subList(0, whole.steps().size() - 1));

        assertThat(Differences.between(whole, shorter, CATALOGUE))
                .anySatisfy(change -> {
                    assertThat(change.kind()).isEqualTo(Change.Kind.STEP_REMOVED);
                    assertThat(change.step()).contains(last.id());
                    assertThat(change.weakens()).isEqualTo(last.action().equals("erp.approval.request"));
                });
        assertThat(Differences.between(shorter, whole, CATALOGUE))
                .extracting(Change::kind)
                .contains(Change.Kind.STEP_ADDED);
    }

    @Property(tries = 200)
    void any_two_definitions_can_be_compared(@ForAll long one, @ForAll long other) {
        Definition before = new RandomDefinitions(one).next();
        Definition after = new RandomDefinitions(other).next();

        assertThat(Differences.between(before, after, CATALOGUE))
                .allSatisfy(change -> assertThat(change.words()).isNotBlank());
    }

    private static Definition with(Definition definition, List<Step> steps) {
        return new Definition(
                definition.name(),
                definition.description(),
                definition.enabled(),
                definition.trigger(),
                definition.concurrency(),
                steps,
                definition.onFailure());
    }

    private static Step mutated(Step step, Mutation mutation) {
        List<String> before = new ArrayList<>(step.dependsOn());
        before.add("elsewhere");
        List<Deadline> deadlines = new ArrayList<>(step.onTimeout());
        deadlines.add(new Deadline(Duration.ofDays(90), "core.stop", config(step, "reason"), false));
        return new Step(
                mutation == Mutation.ID ? step.id() + "_2" : step.id(),
                mutation == Mutation.ACTION ? step.action() + "_2" : step.action(),
                mutation == Mutation.DEPENDS_ON ? before : step.dependsOn(),
                mutation == Mutation.CONDITION ? Optional.of(expression("trigger.changed > 7")) : step.condition(),
                mutation == Mutation.FOR_EACH ? Optional.of(new ForEach(expression("trigger.others"), 3)) : step.forEach(),
                (mutation == Mutation.IF_SKIPPED) != step.passIfSkipped(),
                mutation == Mutation.CONFIG ? config(step, "added") : step.config(),
                step.output(),
                mutation == Mutation.TIMEOUT ? Optional.of(Duration.ofSeconds(7)) : step.timeout(),
                mutation == Mutation.RETRY ? new Retry(11, Duration.ofSeconds(7), 3, Duration.ofHours(1)) : step.retry(),
                mutation == Mutation.ON_TIMEOUT ? deadlines : step.onTimeout(),
                mutation == Mutation.ON_ERROR
                        ? new Handlers(step.onError().list(), !step.onError().thenContinue())
                        : step.onError());
    }

    private static Template config(Step step, String field) {
        ObjectNode changed = step.config().source().deepCopy().asObject();
        changed.put(field, "a new text");
        if (Expressions.template(changed, path -> false) instanceof Parsed.Good<Template> good) {
            return good.value();
        }
        throw new IllegalStateException("no template: " + changed);
    }

    private static Expression expression(String text) {
        if (Expressions.expression(text) instanceof Parsed.Good<Expression> good) {
            return good.value();
        }
        throw new IllegalStateException("no expression: " + text);
    }
}
