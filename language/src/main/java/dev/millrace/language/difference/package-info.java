/** Two versions of a definition compared: {@link dev.millrace.language.Differences}. */
@NullMarked
package dev.millrace.language.difference;

import org.jspecify.annotations.NullMarked;
