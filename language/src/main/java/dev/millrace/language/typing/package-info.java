/**
 * Static types of expressions: what is known of a value before there is one.
 *
 * <p>{@code Typing} gives a type to a syntax tree and finds what certainly fails, or certainly means nothing, whatever the
 * values are. What is not known is {@code Type.Unknown}, and of that nothing is ever said. A date, an id or one of
 * some words is a text at run time; its form is known besides.
 *
 * <p>{@code Signatures} says of each filter and test what it takes and gives; it follows the code of the filters in the
 * package {@code expression}, and a property holds the two together.
 */
@NullMarked
package dev.millrace.language.typing;

import org.jspecify.annotations.NullMarked;
