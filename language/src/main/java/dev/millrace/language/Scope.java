package dev.millrace.language;

import java.time.Instant;
import java.time.ZoneId;
import tools.jackson.databind.JsonNode;

/**
 * What an expression can see.
 *
 * <p>Implementations never change what they return; expressions never change what they are given.
 */
public interface Scope {

    /** The value of a root name such as {@code trigger}; a missing node if the name is not in sight. */
    JsonNode root(String name);

    /** The instant that {@code now} means. */
    Instant now();

    /** The tenant's zone, for dates. */
    ZoneId zone();

    /** The tenant's currency, ISO 4217, for {@code money}. */
    String currency();
}
