/**
 * The rules of the validator: from a positioned tree to problems and, without errors, a definition.
 *
 * <p>{@link dev.millrace.language.check.Check} holds the order: structure (JSON Schema), then an
 * {@code Outline} that reads what can be read, then the rules, each a class of its
 * own over the outline, then {@code DefinitionBuilder}. A rule reports to
 * {@code Findings}, which knows the place of everything. {@code ShapeFit} is what
 * {@code Shapes} and the rule for configs share.
 */
@NullMarked
package dev.millrace.language.check;

import org.jspecify.annotations.NullMarked;
