/**
 * Schedules: the reader of cron lines, the fires of a line in a zone, a line in words.
 *
 * <p>Start at {@link dev.millrace.language.schedule.LineReader} and {@link dev.millrace.language.schedule.Fires}.
 */
@NullMarked
package dev.millrace.language.schedule;

import org.jspecify.annotations.NullMarked;
