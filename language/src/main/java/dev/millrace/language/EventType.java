package dev.millrace.language;

/**
 * An event that definitions may be triggered by.
 *
 * @param name {@code thing.happened}
 * @param module the tenant must have this module
 */
public record EventType(String name, String module, String description, Shape payload) {}
