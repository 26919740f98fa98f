package dev.millrace.engine.action;

/** An action that definitions can name; see {@link LocalAction}, {@link ExternalAction} and, for the engine itself, the others. Annotated with {@link Named}. */
public sealed interface Action permits LocalAction, ExternalAction, WaitingAction, DeadlineAction {}
