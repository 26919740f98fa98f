package dev.millrace.erp.sales;

import static java.math.RoundingMode.HALF_UP;

import dev.millrace.erp.Customer;
import dev.millrace.erp.Item;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** A sales order whose every part is known and sound, with its amounts, in the company's own currency. */
record PricedSalesOrder(
        Customer customer,
        String currency,
        Optional<String> customerRef,
        Optional<LocalDate> neededBy,
        List<Line> lines) {
    static final int DECIMALS = 2;
    private static final BigDecimal HUNDRED = new BigDecimal("100");

    PricedSalesOrder {
        lines = List.copyOf(lines);
    }

    /**
     * One line with its amounts.
     *
     * @param discount off the line
     * @param amount less the discount
     * @param unitCost what one is worth; empty: nobody knows
     */
    record Line(
            Item item,
            String description,
            BigDecimal quantity,
            BigDecimal unitPrice,
            BigDecimal discountPercent,
            BigDecimal discount,
            BigDecimal gstRate,
            BigDecimal amount,
            BigDecimal tax,
            Optional<BigDecimal> unitCost,
            Optional<UUID> warehouse) {

        /**
         * @param halves the tax is owed in two equal parts, to the union and to the state, each rounded by itself
         */
        static Line of(
                Item item,
                String description,
                BigDecimal quantity,
                BigDecimal unitPrice,
                BigDecimal discountPercent,
                BigDecimal gstRate,
                boolean halves,
                Optional<BigDecimal> unitCost,
                Optional<UUID> warehouse) {
            BigDecimal whole = quantity.multiply(unitPrice).setScale(DECIMALS, HALF_UP);
            BigDecimal discount =
                    whole.multiply(discountPercent).movePointLeft(2).setScale(DECIMALS, HALF_UP);
            BigDecimal amount = whole.subtract(discount);
            BigDecimal exact = amount.multiply(gstRate).movePointLeft(2);
            BigDecimal tax = halves
                    ? exact.divide(BigDecimal.TWO).setScale(DECIMALS, HALF_UP).multiply(BigDecimal.TWO)
                    : exact.setScale(DECIMALS, HALF_UP);
            return new Line(
                    item,
                    description,
                    quantity,
                    unitPrice,
                    discountPercent,
                    discount,
                    gstRate,
                    amount,
                    tax,
                    unitCost,
                    warehouse);
        }
    }

    BigDecimal net() {
        return sum(Line::amount);
    }

    BigDecimal tax() {
        return sum(Line::tax);
    }

    BigDecimal total() {
        return net().add(tax());
    }

    BigDecimal discountPercent() {
        return lines.stream()
                .map(Line::discountPercent)
                .max(Comparator.naturalOrder())
                .orElse(BigDecimal.ZERO);
    }

    /** What is left of the net amount when everything sold is paid for; empty: nobody knows what all of it costs. */
    Optional<BigDecimal> marginPercent() {
        BigDecimal net = net();
        if (net.signum() == 0 || lines.stream().anyMatch(line -> line.unitCost().isEmpty())) {
            return Optional.empty();
        }
        BigDecimal cost = sum(line -> line.quantity().multiply(line.unitCost().orElse(BigDecimal.ZERO)));
        return Optional.of(net.subtract(cost).multiply(HUNDRED).divide(net, DECIMALS, HALF_UP));
    }

    private BigDecimal sum(Function<Line, BigDecimal> part) {
        return lines.stream().map(part).reduce(BigDecimal.ZERO.setScale(DECIMALS), BigDecimal::add);
    }
}
