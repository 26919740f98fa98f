package dev.millrace.erp.imports;

import java.util.List;

/**
 * A column that a kind of file may have.
 *
 * @param aliases other headers that mean the same
 */
public record Column(String name, boolean required, List<String> aliases) {
    public Column {
        aliases = List.copyOf(aliases);
    }

    static Column required(String name, String... aliases) {
        return new Column(name, true, List.of(aliases));
    }

    static Column optional(String name, String... aliases) {
        return new Column(name, false, List.of(aliases));
    }

    boolean isCalled(String header) {
        return name.equals(header) || aliases.contains(header);
    }
}
