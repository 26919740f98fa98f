package dev.millrace.language;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One declared field of a {@link Shape}.
 *
 * @param name snake_case
 * @param required false: absent and {@code null} are both accepted and become the default, else {@code null}
 * @param least smallest number, or fewest characters or items; inclusive
 * @param most largest number, or most characters or items; inclusive
 */
public record Field(
        String name,
        ValueType type,
        boolean required,
        String description,
        Optional<BigDecimal> least,
        Optional<BigDecimal> most,
        Optional<JsonNode> defaultValue) {

    public static Field required(String name, ValueType type, String description) {
        return new Field(name, type, true, description, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Field optional(String name, ValueType type, String description) {
        return new Field(name, type, false, description, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
