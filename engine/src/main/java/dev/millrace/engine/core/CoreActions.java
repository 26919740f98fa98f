package dev.millrace.engine.core;

import dev.millrace.engine.action.ActionRegistry;

/** The actions that need nothing but the engine. */
public final class CoreActions {
    private CoreActions() {}

    public static void register(ActionRegistry actions) {
        actions.register(new SetValues())
                .register(new AssertThat())
                .register(new StopExecution())
                .register(new Decide())
                .register(new WaitUntil());
    }
}
