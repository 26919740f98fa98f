package dev.millrace.language;

/**
 * A kind of document or master record that definitions may name, query and ask approval for.
 *
 * @param name {@code purchase_order}
 * @param module the tenant must have this module
 * @param fields what {@code row} has in queries; {@link Shape#FREE} where nothing is declared yet
 */
public record EntityType(String name, String module, Shape fields) {}
