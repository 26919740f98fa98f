package dev.millrace.language;

import dev.millrace.language.schema.DefinitionSchema;
import dev.millrace.language.schema.TenantSchema;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schemas (draft 2020-12) of definitions, for editors and programs that write them.
 *
 * <p>What the validator accepts fits both. What the first refuses, the validator refuses; the second also sees
 * unknown actions, events, roles and fields, but never what needs the whole text: expressions, circles of steps,
 * repeated ids, deadlines that do not increase. Each call makes a new tree, the same byte for byte.
 */
public final class DefinitionSchemas {
    private DefinitionSchemas() {}

    /** The language, whatever the company. */
    public static ObjectNode general() {
        return DefinitionSchema.root();
    }

    /** The language with the actions, events, roles, members and entities of one company. */
    public static ObjectNode of(Catalogue catalogue) {
        return TenantSchema.root(catalogue);
    }
}
