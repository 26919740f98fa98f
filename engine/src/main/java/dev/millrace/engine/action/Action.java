package dev.millrace.engine.action;

/** An action that definitions can name; see {@link LocalAction} and {@link ExternalAction}. Annotated with {@link Named}. */
public sealed interface Action permits LocalAction, ExternalAction, WaitingAction {}
