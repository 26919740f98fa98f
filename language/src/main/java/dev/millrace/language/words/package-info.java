/**
 * The words of people for names, amounts, conditions and texts with templates.
 *
 * <p>Every word stands in {@code messages_en.properties}; the code only chooses and joins. Start at
 * {@link dev.millrace.language.words.ExpressionWords}.
 */
@NullMarked
package dev.millrace.language.words;

import org.jspecify.annotations.NullMarked;
