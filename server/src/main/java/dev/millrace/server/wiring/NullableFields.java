package dev.millrace.server.wiring;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What of a record may be null in JSON: its {@code Optional} components. The resolver sees only what they hold. */
final class NullableFields {
    private static final String NULL = "null";

    private NullableFields() {}

    /** Names as JSON has them. */
    static Set<String> of(Class<?> type) {
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .filter(component -> component.getType() == Optional.class)
                        .map(NullableFields::name)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private static String name(RecordComponent component) {
        return Optional.ofNullable(component.getAccessor().getAnnotation(JsonProperty.class))
                .map(JsonProperty::value)
                .orElseGet(() -> component
                        .getName()
                        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                        .toLowerCase(Locale.ROOT));
    }

    /** The same, or null. */
    static Schema<?> orNull(Schema<?> schema) {
        if (schema.get$ref() == null && schema.getTypes() == null) {
            return schema; // anything: null is in it
        }
        if (schema.get$ref() != null || schema.getEnum() != null) {
            return new JsonSchema().anyOf(List.of(schema, ofType(NULL)));
        }
        var types = new LinkedHashSet<>(schema.getTypes());
        types.add(NULL);
        schema.setTypes(types);
        return schema;
    }

    private static Schema<Object> ofType(String type) {
        Schema<Object> schema = new JsonSchema();
        schema.setTypes(new LinkedHashSet<>(Set.of(type)));
        return schema;
    }
}
