/**
 * Sentences about the parts of a definition: what an action does, with which config, when, and how surely.
 *
 * <p>Start at {@link dev.millrace.language.wording.Wording}; the words come from {@code dev.millrace.language.words}.
 */
@NullMarked
package dev.millrace.language.wording;

import org.jspecify.annotations.NullMarked;
