package dev.millrace.language;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.millrace.language.Fitted.Misfit;
import java.util.List;
import tools.jackson.databind.JsonNode;

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

    private static Misfit misfit(Error error) {
        String path = error.getInstanceLocation().toString();
        return new Misfit(
                "schema_" + error.getKeyword(), path.startsWith("/") ? path.substring(1) : path, error.getMessage());
    }
}
