package dev.millrace.erp;

/**
 * A setting as it is now.
 *
 * @param version how often it was set; 0: never, and the value is the default
 */
public record Versioned<T>(T value, int version) {}
