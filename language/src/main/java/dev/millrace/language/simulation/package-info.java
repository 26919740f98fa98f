/** Runs definitions without effects, on a clock of its own. Entry points are in the root package. */
@NullMarked
package dev.millrace.language.simulation;

import org.jspecify.annotations.NullMarked;
