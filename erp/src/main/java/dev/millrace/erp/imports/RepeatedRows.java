package dev.millrace.erp.imports;

import dev.millrace.erp.ImportJob.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which things a file has named already: a row that names one again would undo the earlier one. */
final class RepeatedRows {
    private final List<String> key;
    private final Map<List<String>, Integer> first = new HashMap<>();

    RepeatedRows(List<String> key) {
        this.key = List.copyOf(key);
    }

    /** What is wrong with the row if an earlier one is about the same thing. */
    Optional<Fault> fault(Row row) {
        List<String> named =
                key.stream().map(column -> row.cells().getOrDefault(column, "")).toList();
        if (named.contains("")) {
            return Optional.empty();
        }
        return Optional.ofNullable(first.putIfAbsent(named, row.number()))
                .map(before -> new Fault(
                        row.number(),
                        key.getFirst(),
                        named.getFirst(),
                        "repeated_in_file",
                        "Expected '" + String.join("', '", named) + "' once in the file but row " + before
                                + " has it too: take one of them out"));
    }
}
