/**
 * The JSON Schemas that are published: of definitions, for every company and for one, and of shapes.
 *
 * <p>{@link dev.millrace.language.schema.DefinitionSchema} is the one that the validator uses;
 * {@link dev.millrace.language.schema.TenantSchema} adds what the validator asks the catalogue, for editors.
 */
@NullMarked
package dev.millrace.language.schema;

import org.jspecify.annotations.NullMarked;
