/**
 * A tenant's guard rails: their text as JSON, and what they say of all paths through a definition.
 *
 * <p>{@link dev.millrace.language.policy.Paths} follows the rules of {@code Planner} for outcomes that are not known:
 * a property test compares the two. It knows nothing of YAML; the rules of the validator bring it a
 * {@link dev.millrace.language.policy.Course}.
 */
@NullMarked
package dev.millrace.language.policy;

import org.jspecify.annotations.NullMarked;
