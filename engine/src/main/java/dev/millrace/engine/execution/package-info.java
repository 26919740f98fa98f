/** One execution: loaded, driven, each step run and committed. Start at {@link dev.millrace.engine.execution.ExecutionRun}. */
@NullMarked
package dev.millrace.engine.execution;

import org.jspecify.annotations.NullMarked;
