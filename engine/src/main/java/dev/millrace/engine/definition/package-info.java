/** Stored definitions and their versions. Start at {@link dev.millrace.engine.definition.DefinitionRows}. */
@NullMarked
package dev.millrace.engine.definition;

import org.jspecify.annotations.NullMarked;
