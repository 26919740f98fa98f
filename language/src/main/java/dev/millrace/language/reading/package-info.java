/**
 * The plain-language reading of a definition: by rules, the same words for the same definition.
 *
 * <p>Start at {@link dev.millrace.language.reading.Writer}.
 */
@NullMarked
package dev.millrace.language.reading;

import org.jspecify.annotations.NullMarked;
