/** Nodes wake each other, so that none waits for its poll. */
@NullMarked
package dev.millrace.engine.hint;

import org.jspecify.annotations.NullMarked;
