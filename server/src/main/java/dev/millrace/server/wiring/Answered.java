package dev.millrace.server.wiring;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which schemas of an API stand in answers, themselves or within another. */
final class Answered {
    private static final String SCHEMAS = "#/components/schemas/";

    private final Map<String, Schema> schemas;
    private final Set<String> found = new HashSet<>();

    Answered(OpenAPI api) {
        this.schemas = Map.copyOf(api.getComponents().getSchemas());
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(this::operation);
    }

    Set<String> names() {
        return Set.copyOf(found);
    }

    private void operation(Operation operation) {
        operation.getResponses().values().forEach(response -> content(response.getContent()));
    }

    private void content(@Nullable Content content) {
        if (content != null) {
            content.values().forEach(type -> within(type.getSchema()));
        }
    }

    private void within(@Nullable Schema<?> schema) {
        if (schema == null) {
            return;
        }
        if (schema.get$ref() != null && schema.get$ref().startsWith(SCHEMAS)) {
            String name = schema.get$ref().substring(SCHEMAS.length());
            if (found.add(name)) {
                within(schemas.get(name));
            }
        }
        parts(schema).forEach(this::within);
    }

    private static Stream<Schema<?>> parts(Schema<?> schema) {
        Stream<Schema<?>> lists = Stream.of(schema.getAnyOf(), schema.getAllOf(), schema.getOneOf())
                .filter(Objects::nonNull)
                .flatMap(Collection::stream)
                .map(part -> (Schema<?>) part);
        Stream<Schema<?>> properties = schema.getProperties() == null
                ? Stream.of()
                : schema.getProperties().values().stream().map(part -> (Schema<?>) part);
        Stream<Schema<?>> others = Stream.of(schema.getItems(), schema.getAdditionalProperties())
                .filter(Schema.class::isInstance)
                .map(part -> (Schema<?>) part);
        return Stream.of(lists, properties, others).flatMap(all -> all);
    }
}
