/**
 * The words of people for the parts of a definition: names, amounts, conditions, texts with templates, actions.
 *
 * <p>Every word stands in {@code messages_en.properties}; the code only chooses and joins. Start at
 * {@link dev.millrace.language.words.Wording}.
 */
@NullMarked
package dev.millrace.language.words;

import org.jspecify.annotations.NullMarked;
