package dev.millrace.erp.payables;

import dev.millrace.erp.SupplierInvoice.Line;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * An invoice whose every part is known; whether it is right is for the match to say.
 *
 * @param rate what one unit of the currency is worth in the company's own
 */
record CheckedInvoice(
        UUID supplier,
        String number,
        String fiscalYear,
        LocalDate invoiceDate,
        LocalDate dueDate,
        Optional<UUID> order,
        String currency,
        BigDecimal rate,
        BigDecimal charges,
        BigDecimal roundOff,
        BigDecimal total,
        Optional<String> irn,
        List<Line> lines) {
    CheckedInvoice {
        lines = List.copyOf(lines);
    }

    String normalised() {
        return normalised(number);
    }

    /** Upper case, letters and digits only, without zeros at the start. */
    static String normalised(String number) {
        return number.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", "").replaceFirst("^0+", "");
    }

    BigDecimal net() {
        return sum(Line::taxable);
    }

    BigDecimal amountBase() {
        return LineFigures.money(total.multiply(rate));
    }

    BigDecimal sum(Function<Line, BigDecimal> part) {
        return lines.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
