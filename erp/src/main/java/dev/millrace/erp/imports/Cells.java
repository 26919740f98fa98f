package dev.millrace.erp.imports;

import dev.millrace.erp.ImportJob.Fault;
import dev.millrace.erp.InputProblem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads the cells of a row and takes down everything that is wrong with them. A column that the file has not leaves a value as
 * it was; an empty cell makes it the usual one.
 */
final class Cells {
    private static final int SHOWN_MOST = 100;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,10})?");

    private final Row row;
    private final List<Fault> faults = new ArrayList<>();

    Cells(Row row) {
        this.row = row;
        if (row.tooMany()) {
            add(
                    "",
                    "",
                    "too_many_cells",
                    "Expected as many values as the header has columns but got more: quote"
                            + " a value that has a comma or a semicolon in it");
        }
        row.cells().forEach((column, value) -> {
            if (value.indexOf('\0') >= 0) {
                add(column, "", "invalid_character", "Expected readable text but it has the character U+0000");
            }
        });
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }

    boolean isSound() {
        return faults.isEmpty();
    }

    /** Empty: the file has no such column, or the cell is empty. */
    Optional<String> given(String column) {
        return Optional.ofNullable(row.cells().get(column)).filter(value -> !value.isEmpty());
    }

    private boolean has(String column) {
        return row.cells().containsKey(column);
    }

    String required(String column, int most) {
        Optional<String> value = given(column);
        if (value.isEmpty()) {
            add(column, "", "required", "Expected a value but the cell is empty");
        }
        value.filter(text -> text.length() > most).ifPresent(text -> tooLong(column, text, most));
        return value.orElse("");
    }

    Optional<String> text(String column, int most, Optional<String> before) {
        if (!has(column)) {
            return before;
        }
        Optional<String> value = given(column);
        value.filter(text -> text.length() > most).ifPresent(text -> tooLong(column, text, most));
        return value;
    }

    private void tooLong(String column, String text, int most) {
        add(column, text, "too_long", "Expected at most " + most + " characters but got " + text.length());
    }

    /** One that fits the form, in capitals where {@code capitals}. */
    Optional<String> fitting(
            String column, Optional<String> before, boolean capitals, Predicate<String> fits, String expected) {
        if (!has(column)) {
            return before;
        }
        Optional<String> value = given(column).map(text -> capitals ? text.toUpperCase(Locale.ROOT) : text);
        value.filter(text -> !fits.test(text))
                .ifPresent(text -> add(
                        column, text, "invalid_value", "Expected " + expected + " but got '" + shortened(text) + "'"));
        return value;
    }

    BigDecimal decimal(String column, BigDecimal before, BigDecimal usual) {
        return has(column) ? given(column).map(text -> number(column, text)).orElse(usual) : before;
    }

    Optional<BigDecimal> decimal(String column, Optional<BigDecimal> before) {
        return has(column) ? given(column).map(text -> number(column, text)) : before;
    }

    BigDecimal requiredDecimal(String column) {
        Optional<String> value = given(column);
        if (value.isEmpty()) {
            add(column, "", "required", "Expected a number but the cell is empty");
        }
        return value.map(text -> number(column, text)).orElse(BigDecimal.ZERO);
    }

    private BigDecimal number(String column, String text) {
        if (NUMBER.matcher(text).matches()) {
            return new BigDecimal(text);
        }
        add(
                column,
                text,
                "not_a_number",
                "Expected a number with a point and without thousands separators, such as 1234.50, but got '"
                        + shortened(text) + "'");
        return BigDecimal.ZERO;
    }

    int whole(String column, int before, int usual, int most) {
        if (!has(column)) {
            return before;
        }
        Optional<String> value = given(column);
        if (value.isEmpty()) {
            return usual;
        }
        int number = value.get().matches("[0-9]{1,9}") ? Integer.parseInt(value.get()) : -1;
        if (number < 0 || number > most) {
            add(
                    column,
                    value.get(),
                    "not_a_number",
                    "Expected a whole number from 0 to " + most + " but got '" + shortened(value.get()) + "'");
        }
        return Math.clamp(number, 0, most);
    }

    boolean flag(String column, boolean before, boolean usual) {
        if (!has(column)) {
            return before;
        }
        Optional<String> value = given(column).map(text -> text.toLowerCase(Locale.ROOT));
        return value.map(text -> switch (text) {
                    case "true", "yes", "y", "1" -> true;
                    case "false", "no", "n", "0" -> false;
                    default -> {
                        add(column, text, "invalid_value", "Expected true or false but got '" + shortened(text) + "'");
                        yield usual;
                    }
                })
                .orElse(usual);
    }

    <E extends Enum<E>> E choice(String column, Class<E> type, E before, E usual) {
        if (!has(column)) {
            return before;
        }
        Optional<String> value = given(column);
        Optional<E> found = Arrays.stream(type.getEnumConstants())
                .filter(constant ->
                        value.filter(constant.name()::equalsIgnoreCase).isPresent())
                .findFirst();
        if (value.isPresent() && found.isEmpty()) {
            add(
                    column,
                    value.get(),
                    "not_one_of",
                    "Expected one of "
                            + String.join(
                                    ", ",
                                    Arrays.stream(type.getEnumConstants())
                                            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                            .toList())
                            + " but got '" + shortened(value.get()) + "'");
        }
        return found.orElse(usual);
    }

    /** What a service says of the thing as a whole. */
    void take(List<InputProblem> problems) {
        problems.forEach(
                problem -> add(problem.path(), given(problem.path()).orElse(""), problem.code(), problem.message()));
    }

    void add(String column, String value, String code, String message) {
        faults.add(new Fault(row.number(), column, shortened(value), code, message));
    }

    private static String shortened(String value) {
        String readable = value.replace('\0', ' ');
        return readable.length() <= SHOWN_MOST ? readable : readable.substring(0, SHOWN_MOST) + "…";
    }
}
