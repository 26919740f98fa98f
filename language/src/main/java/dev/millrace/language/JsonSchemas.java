package dev.millrace.language;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.millrace.language.Fitted.Misfit;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Checks values against JSON Schemas that users write, such as the {@code inputs} of a manual trigger. */
public final class JsonSchemas {
    private JsonSchemas() {}

    /**
     * @param schema draft 2020-12, known to be a valid one
     */
    public static List<Misfit> misfits(JsonNode schema, JsonNode value) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.deepCopy())
                .validate(value)
                .stream()
                .map(JsonSchemas::misfit)
                .toList();
    }

    /** Why a text that has the form of a schema cannot be used as one: a keyword of an older draft in a place of its own. */
    public static Optional<String> fault(JsonNode schema) {
        try {
            misfits(schema, JsonNodeFactory.instance.objectNode());
            return Optional.empty();
        } catch (SchemaException e) {
            return Optional.of(Optional.ofNullable(e.getMessage()).orElse("it cannot be read"));
        }
    }

    private static Misfit misfit(Error error) {
        String path = error.getInstanceLocation().toString();
        return new Misfit(
                "schema_" + error.getKeyword(), path.startsWith("/") ? path.substring(1) : path, error.getMessage());
    }
}
