package dev.millrace.erp.imports;

import java.util.Map;

/**
 * A data row.
 *
 * @param number as a spreadsheet counts: the header is row 1
 * @param cells by the names of columns; only of columns that the file has
 * @param tooMany it has cells beyond the header's
 */
public record Row(int number, Map<String, String> cells, boolean tooMany) {
    public Row {
        cells = Map.copyOf(cells);
    }
}
