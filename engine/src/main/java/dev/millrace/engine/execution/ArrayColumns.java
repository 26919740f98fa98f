package dev.millrace.engine.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Columns of equal length, each as the text of a PostgreSQL array: filled row by row, from left to right. */
final class ArrayColumns {
    private final List<StringBuilder> columns = new ArrayList<>();
    private int next;

    ArrayColumns(int count) {
        for (int i = 0; i < count; i++) {
            columns.add(new StringBuilder("{"));
        }
    }

    /** A value whose text holds nothing that means something in an array: a number, an id, a word of ours. */
    ArrayColumns plain(Object value) {
        column().append(value);
        return this;
    }

    ArrayColumns plain(Optional<?> value) {
        return value.isPresent() ? plain(value.get()) : none();
    }

    ArrayColumns none() {
        column().append("NULL");
        return this;
    }

    ArrayColumns quoted(Object value) {
        StringBuilder column = column().append('"');
        String text = value.toString();
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '"' || each == '\\') {
                column.append('\\');
            }
            column.append(each);
        }
        column.append('"');
        return this;
    }

    ArrayColumns quoted(Optional<?> value) {
        return value.isPresent() ? quoted(value.get()) : none();
    }

    private StringBuilder column() {
        StringBuilder column = columns.get(next);
        next = (next + 1) % columns.size();
        return column.length() == 1 ? column : column.append(',');
    }

    List<String> texts() {
        return columns.stream().map(column -> column + "}").toList();
    }
}
