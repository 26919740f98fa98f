/** What starts executions. Start at {@link dev.millrace.engine.trigger.EventIntake}. */
@NullMarked
package dev.millrace.engine.trigger;

import org.jspecify.annotations.NullMarked;
