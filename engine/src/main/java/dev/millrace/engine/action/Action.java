package dev.millrace.engine.action;

/** An action that definitions can name; see {@link LocalAction}, {@link PureAction}, {@link ExternalAction}, {@link CallAction} and, for the engine itself, the others. Annotated with {@link Named}. */
public sealed interface Action
        permits LocalAction, PureAction, ExternalAction, CallAction, WaitingAction, DeadlineAction {}
