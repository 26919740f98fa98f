/** Measures, side by side with something that is known. */
@NullMarked
package dev.millrace.trials.bench;

import org.jspecify.annotations.NullMarked;
