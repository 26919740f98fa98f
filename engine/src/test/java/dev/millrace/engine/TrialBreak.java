package dev.millrace.engine;

import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;

@Named(value = "trial.break", module = "trial", description = "Breaks more than itself.")
final class TrialBreak implements LocalAction<TrialBreak.Config, TrialBreak.Output> {
    enum How {
        HALT,
        MEMORY,
        RECURSION
    }

    record Config(@Describe("What to break") How how) {}

    record Output(@Describe("Never seen") int depth) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        TrialActions.effect(tx, context, "before it broke");
        return new Output(
                switch (config.how()) {
                    case HALT -> halt();
                    case MEMORY -> new long[Integer.MAX_VALUE].length;
                    case RECURSION -> deeper(0);
                });
    }

    private static int halt() {
        Runtime.getRuntime().halt(9);
        return 0;
    }

    private static int deeper(int depth) {
        if (depth < 0) {
            return 0;
        }
        return deeper(depth + 1) + 1;
    }
}
