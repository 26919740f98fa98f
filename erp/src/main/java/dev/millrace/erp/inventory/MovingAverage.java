package dev.millrace.erp.inventory;

import static java.math.RoundingMode.HALF_UP;

import dev.millrace.erp.StockLevel;
import dev.millrace.erp.inventory.Move.Cost;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/**
 * What moved stock is worth by the moving average. What goes out leaves the average as it is, and the last piece takes
 * with it what rounding left over; what comes in with a cost of its own makes a new one.
 */
final class MovingAverage {
    private static final int VALUE_DECIMALS = 2;
    private static final int COST_DECIMALS = 6;

    private MovingAverage() {}

    /**
     * @return empty: it comes in without a cost, and there is none to go by
     */
    static Optional<Valued> value(UUID id, Move move, StockLevel level, BigDecimal standardCost) {
        return switch (move.cost()) {
            case Cost.Average average -> atAverage(id, move, level, standardCost);
            case Cost.Each each -> Optional.of(withOwn(id, move, level, rounded(move.quantity(), each.unitCost())));
            case Cost.InAll inAll -> Optional.of(withOwn(id, move, level, inAll.value()));
        };
    }

    private static Optional<Valued> atAverage(UUID id, Move move, StockLevel level, BigDecimal standardCost) {
        boolean known = level.averageCost().signum() > 0;
        if (!known && move.quantity().signum() > 0) {
            return Optional.empty();
        }
        // What goes out before anything came in is worth what it should cost.
        BigDecimal cost = known ? level.averageCost() : standardCost;
        boolean lastGoes = level.onHand().signum() > 0
                && level.onHand().add(move.quantity()).signum() == 0
                && level.value().signum() >= 0;
        BigDecimal value = lastGoes ? level.value().negate() : rounded(move.quantity(), cost);
        return Optional.of(new Valued(id, move, level, cost, value, level.averageCost()));
    }

    private static Valued withOwn(UUID id, Move move, StockLevel level, BigDecimal value) {
        BigDecimal each = value.divide(move.quantity(), COST_DECIMALS, HALF_UP);
        BigDecimal onHand = level.onHand().add(move.quantity());
        BigDecimal total = level.value().add(value);
        BigDecimal average;
        if (level.onHand().signum() <= 0 && move.quantity().signum() > 0) {
            // What was missing was booked out at another cost: only what comes in says what one is worth now.
            average = each;
        } else if (onHand.signum() > 0 && total.signum() > 0) {
            average = total.divide(onHand, COST_DECIMALS, HALF_UP);
        } else {
            average = level.averageCost();
        }
        return new Valued(id, move, level, each.max(BigDecimal.ZERO), value, average);
    }

    private static BigDecimal rounded(BigDecimal quantity, BigDecimal cost) {
        return quantity.multiply(cost).setScale(VALUE_DECIMALS, HALF_UP);
    }
}
