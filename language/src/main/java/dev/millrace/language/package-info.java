/**
 * The definition language: from YAML text to a checked {@link dev.millrace.language.Definition}, the
 * expressions in it, and the {@link dev.millrace.language.Planner} that says what comes next.
 *
 * <p>Pure: no JDBC, no Spring, no clock, no randomness, no I/O. Everything here may be called from any
 * thread. Start reading at {@link dev.millrace.language.Checker}.
 */
@NullMarked
package dev.millrace.language;

import org.jspecify.annotations.NullMarked;
