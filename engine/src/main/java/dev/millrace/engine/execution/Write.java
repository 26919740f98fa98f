package dev.millrace.engine.execution;

import java.util.UUID;

/** What is committed together with others. */
public sealed interface Write permits Transition, Birth {
    UUID tenant();

    /** Of the execution. */
    UUID id();
}
