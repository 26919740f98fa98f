/**
 * Expressions and templates: lexer, Pratt parser, syntax tree, evaluator over JSON values.
 *
 * <p>They mean what they mean in Jinja2, but for these choices. None in a text is '', true and false are JSON's
 * words, lists and maps are JSON. Values of different types are never equal and have no order; true is no number.
 * Undefined is an error wherever it is used, but before {@code default}, {@code if_none} and in {@code is defined},
 * {@code is undefined}, {@code is none}; a field of none is an error. Keys of maps are texts; a field is the map's,
 * never a method. {@code %} is no text format; {@code **} takes a whole exponent. {@code tojson} keeps the order
 * of keys and escapes nothing for HTML. Line ends are kept. No statements, no calls, no names with {@code _} first.
 *
 * <p>Start at {@link Parser} and {@link Evaluator}. A filter is one entry in {@link TextFilters}, {@link ListFilters},
 * {@link NumberFilters}, {@link DateFilters} or {@link ValueFilters}, a test one in {@link IsTests}.
 */
@NullMarked
package dev.millrace.language.expression;

import org.jspecify.annotations.NullMarked;
