package dev.millrace.erp.procurement;

import static java.math.RoundingMode.HALF_UP;

import dev.millrace.erp.Item;
import dev.millrace.erp.Supplier;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * An order whose every part is known and sound, with its amounts.
 *
 * @param rate what one unit of the currency is worth in the company's own
 */
public record PricedOrder(
        Supplier supplier,
        String currency,
        BigDecimal rate,
        Optional<String> category,
        Optional<String> costCenter,
        Optional<LocalDate> neededBy,
        List<Line> lines) {
    /** Orders are taken in currencies with two decimals only. */
    static final int DECIMALS = 2;

    public PricedOrder {
        lines = List.copyOf(lines);
    }

    /** One line with its amounts. */
    public record Line(
            Item item,
            String description,
            BigDecimal quantity,
            BigDecimal unitPrice,
            BigDecimal gstRate,
            BigDecimal amount,
            BigDecimal tax,
            Optional<UUID> warehouse) {

        /**
         * @param halves the tax is owed in two equal parts, to the union and to the state, each rounded by itself
         */
        static Line of(
                Item item,
                String description,
                BigDecimal quantity,
                BigDecimal unitPrice,
                BigDecimal gstRate,
                boolean halves,
                Optional<UUID> warehouse) {
            BigDecimal amount = quantity.multiply(unitPrice).setScale(DECIMALS, HALF_UP);
            BigDecimal exact = amount.multiply(gstRate).movePointLeft(2);
            BigDecimal tax = halves
                    ? exact.divide(BigDecimal.TWO).setScale(DECIMALS, HALF_UP).multiply(BigDecimal.TWO)
                    : exact.setScale(DECIMALS, HALF_UP);
            return new Line(item, description, quantity, unitPrice, gstRate, amount, tax, warehouse);
        }
    }

    public BigDecimal net() {
        return sum(Line::amount);
    }

    public BigDecimal tax() {
        return sum(Line::tax);
    }

    public BigDecimal total() {
        return net().add(tax());
    }

    /** The total in the company's own currency. */
    public BigDecimal amountBase() {
        return total().multiply(rate).setScale(DECIMALS, HALF_UP);
    }

    private BigDecimal sum(Function<Line, BigDecimal> part) {
        return lines.stream().map(part).reduce(BigDecimal.ZERO.setScale(DECIMALS), BigDecimal::add);
    }
}
