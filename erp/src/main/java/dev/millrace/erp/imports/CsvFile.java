package dev.millrace.erp.imports;

import dev.millrace.erp.InputProblem;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A file of comma- or semicolon-separated values as RFC 4180 has them, in UTF-8 with or without a mark at its beginning. Its
 * rows are read one after the other, as often as somebody asks.
 */
public final class CsvFile {
    private static final int MARK = 0xFEFF;

    private final byte[] bytes;
    private final char separator;
    private final List<Optional<String>> layout;
    private final List<String> ignored;
    private final int rows;

    private CsvFile(byte[] bytes, char separator, List<Optional<String>> layout, List<String> ignored, int rows) {
        this.bytes = bytes;
        this.separator = separator;
        this.layout = List.copyOf(layout);
        this.ignored = List.copyOf(ignored);
        this.rows = rows;
    }

    /** What came of looking at a file. */
    public sealed interface Opened {
        record Sound(CsvFile file) implements Opened {}

        record Faulty(List<InputProblem> problems) implements Opened {
            public Faulty {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Reads all of it once, and finds what is wrong with its form. */
    public static Opened open(byte[] bytes, List<Column> columns, int rowsMost) {
        try {
            char separator = separator(bytes);
            try (CSVParser parser = parser(bytes, separator)) {
                Iterator<CSVRecord> records = parser.iterator();
                if (!records.hasNext()) {
                    return faulty("empty_file", "", "Expected a header and rows below it, but the file is empty");
                }
                var header = new Header(records.next().toList(), columns);
                int rows = 0;
                while (records.hasNext()) {
                    rows += isBlank(records.next()) ? 0 : 1;
                    if (rows > rowsMost) {
                        return faulty(
                                "too_many_rows",
                                "",
                                "Expected at most " + rowsMost + " rows: divide the file into several");
                    }
                }
                return header.problems.isEmpty()
                        ? new Opened.Sound(new CsvFile(bytes.clone(), separator, header.layout, header.ignored, rows))
                        : new Opened.Faulty(header.problems);
            }
        } catch (CharacterCodingException e) {
            return faulty("not_utf8", "", "Expected text in UTF-8: save the file as 'CSV UTF-8' and send it again");
        } catch (IOException | UncheckedIOException e) {
            return faulty("malformed_csv", "", "Expected rows of values but they could not be read: " + reason(e));
        }
    }

    /** The mapping of the file's columns to those that are known, and what is wrong with it. */
    private static final class Header {
        private final List<Optional<String>> layout = new ArrayList<>();
        private final List<String> ignored = new ArrayList<>();
        private final List<InputProblem> problems = new ArrayList<>();

        Header(List<String> cells, List<Column> columns) {
            cells.forEach(cell -> add(cell.strip(), columns));
            columns.stream()
                    .filter(Column::required)
                    .filter(column -> !layout.contains(Optional.of(column.name())))
                    .forEach(column -> problems.add(new InputProblem(
                            "column_missing",
                            column.name(),
                            "Expected a column '" + column.name() + "' in the header but there is none: add it")));
        }

        private void add(String cell, List<Column> columns) {
            String header = cell.toLowerCase(Locale.ROOT).replace(' ', '_');
            Optional<String> name = columns.stream()
                    .filter(column -> column.isCalled(header))
                    .map(Column::name)
                    .findFirst();
            if (name.isEmpty() && !cell.isEmpty()) {
                ignored.add(cell);
            }
            if (name.isPresent() && layout.contains(name)) {
                problems.add(new InputProblem(
                        "column_repeated",
                        name.get(),
                        "Expected the column '" + name.get() + "' once but it is there twice: take one out"));
            }
            layout.add(name);
        }
    }

    /** In their order, without those that are blank. */
    public void forEachRow(Consumer<Row> taker) {
        try (CSVParser parser = parser(bytes, separator)) {
            int number = 0;
            for (CSVRecord cells : parser) {
                number++;
                if (number > 1 && !isBlank(cells)) {
                    taker.accept(row(number, cells));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Row row(int number, CSVRecord cells) {
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < layout.size(); i++) {
            String cell = i < cells.size() ? cells.get(i).strip() : "";
            layout.get(i).ifPresent(name -> named.put(name, cell));
        }
        return new Row(number, named, cells.size() > layout.size());
    }

    /** As it was sent in. */
    byte[] bytes() {
        return bytes.clone();
    }

    /** Columns that mean nothing here. */
    public List<String> ignored() {
        return ignored;
    }

    /** How many there are. */
    public int rows() {
        return rows;
    }

    private static boolean isBlank(CSVRecord cells) {
        return cells.stream().allMatch(String::isBlank);
    }

    /** Of the two that which stands more often in the first line. */
    private static char separator(byte[] bytes) throws IOException {
        int commas = 0;
        int semicolons = 0;
        try (Reader reader = reader(bytes)) {
            for (int c = reader.read(); c >= 0 && c != '\n' && c != '\r'; c = reader.read()) {
                commas += c == ',' ? 1 : 0;
                semicolons += c == ';' ? 1 : 0;
            }
        }
        return semicolons > commas ? ';' : ',';
    }

    private static CSVParser parser(byte[] bytes, char separator) throws IOException {
        return CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(false)
                .get()
                .parse(reader(bytes));
    }

    private static Reader reader(byte[] bytes) throws IOException {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var stream = new ByteArrayInputStream(bytes);
        var reader = new BufferedReader(new InputStreamReader(stream, decoder));
        reader.mark(1);
        if (reader.read() != MARK) {
            reader.reset();
        }
        return reader;
    }

    private static String reason(Exception e) {
        Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
        return cause instanceof CSVException
                ? String.valueOf(cause.getMessage())
                : "a quoted value does not end, or something stands behind its quotes";
    }

    private static Opened faulty(String code, String path, String message) {
        return new Opened.Faulty(List.of(new InputProblem(code, path, message)));
    }
}
