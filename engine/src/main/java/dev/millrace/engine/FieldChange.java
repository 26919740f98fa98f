package dev.millrace.engine;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One field of a document that is not as it was.
 *
 * @param path {@code amount}, {@code lines[2].unit_price} by position, or {@code lines[line_no=2].unit_price} where the
 *     elements of the list have a key
 * @param before empty: it was not there
 * @param after empty: it is not there any more
 */
public record FieldChange(String path, Optional<JsonNode> before, Optional<JsonNode> after) {}
