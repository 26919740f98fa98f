/**
 * Edits of a definition's text by source position.
 *
 * <p>{@code Editing} turns an edit into steps that each change one place: set, remove, insert, move.
 * {@code Lines} and {@code Flow} know how a place is changed in a block and between brackets, {@code Writer} how new
 * values are written in the style of the text. {@code Working} makes the change, reads the text again and compares it
 * with what was meant; whatever the layout of the text, nothing else can come out.
 */
@NullMarked
package dev.millrace.language.edit;

import org.jspecify.annotations.NullMarked;
