/** The fault trials: a fleet of real nodes, faults of one kind at a time, and the questions whose answer must be nothing. */
@NullMarked
package dev.millrace.trials.faults;

import org.jspecify.annotations.NullMarked;
