package dev.millrace.language.check;

import dev.millrace.language.check.Outline.StepOutline;
import java.util.BitSet;
import java.util.List;

/**
 * Which steps have certainly completed when another one begins, so that their outputs have values.
 *
 * <p>By the planner's rules: a step runs when none of its dependencies blocks and at least one counts as completed. One
 * that was skipped by its condition with {@code if_skipped: pass}, or that failed with {@code then: continue}, counts
 * without having an output.
 */
final class Certainty {
    private final List<StepOutline> steps;
    private final Dependencies dependencies;
    private final BitSet[] completed;
    private final boolean[] mayBeSkipped;
    private final boolean[] mayBeDead;

    Certainty(List<StepOutline> steps, Dependencies dependencies) {
        this.steps = steps;
        this.dependencies = dependencies;
        this.completed = new BitSet[steps.size()];
        this.mayBeSkipped = new boolean[steps.size()];
        this.mayBeDead = new boolean[steps.size()];
        dependencies.order().forEach(this::settle);
    }

    /** Indexes of steps. */
    BitSet before(int step) {
        return completed[step];
    }

    /** Its dependencies come first; those of a circle are not known yet, and then nothing is certain. */
    private void settle(int step) {
        int[] direct = dependencies.direct(step).stream().toArray();
        mayBeDead[step] = direct.length > 0;
        var certain = new BitSet(steps.size());
        BitSet common = null;
        for (int dependency : direct) {
            BitSet given = given(dependency);
            mayBeDead[step] &= mayBeSkipped[dependency];
            if (!mayBeSkipped[dependency]) {
                certain.or(given);
            } else if (!mayBeDead[dependency]) {
                certain.or(known(dependency));
            }
            common = common == null ? (BitSet) given.clone() : intersection(common, given);
        }
        if (common != null) {
            certain.or(common);
        }
        completed[step] = certain;
        boolean pass = steps.get(step).spot().key("if_skipped").is("pass");
        mayBeSkipped[step] = mayBeDead[step] || (steps.get(step).condition().isPresent() && !pass);
    }

    private static BitSet intersection(BitSet a, BitSet b) {
        a.and(b);
        return a;
    }

    private BitSet known(int step) {
        BitSet before = completed[step];
        return before == null ? new BitSet() : before;
    }

    /** What has completed when the step counts as completed. */
    private BitSet given(int step) {
        var given = (BitSet) known(step).clone();
        StepOutline outline = steps.get(step);
        boolean passes = outline.condition().isPresent()
                && outline.spot().key("if_skipped").is("pass");
        if (completed[step] != null && !passes && !outline.onError().thenContinue()) {
            given.set(step);
        }
        return given;
    }
}
