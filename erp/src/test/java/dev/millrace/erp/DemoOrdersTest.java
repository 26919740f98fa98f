package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.erp.demo.DemoOrders;
import dev.millrace.erp.demo.DemoStep;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The real log as the demo reads it. */
class DemoOrdersTest {
    @Test
    void all_that_happened_to_the_orders_is_there_and_always_the_same() {
        List<DemoStep> steps = steps();

        assertThat(steps).filteredOn(DemoStep.Receipt.class::isInstance).hasSize(422);
        assertThat(steps).filteredOn(DemoStep.ReceiptReversed.class::isInstance).hasSize(6);
        assertThat(steps).filteredOn(DemoStep.Invoice.class::isInstance).hasSize(425);
        assertThat(steps)
                .filteredOn(DemoStep.InvoiceCancelled.class::isInstance)
                .hasSize(19);
        assertThat(steps).filteredOn(DemoStep.Paid.class::isInstance).hasSize(368);
        assertThat(steps()).isEqualTo(steps);
    }

    @Test
    void the_steps_of_an_order_come_in_their_order_and_after_it() {
        assertThat(DemoOrders.all()).allSatisfy(order -> {
            assertThat(order.steps()).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
            assertThat(order.steps()).noneMatch(step -> step.at().isBefore(order.createdAt()));
            assertThat(order.steps())
                    .allMatch(step ->
                            step.line() >= 1 && step.line() <= order.lines().size());
        });
    }

    @Test
    void no_more_came_than_was_ordered() {
        for (var order : DemoOrders.all()) {
            var come = new HashMap<Integer, BigDecimal>();
            for (DemoStep step : order.steps()) {
                switch (step) {
                    case DemoStep.Receipt r -> come.merge(r.line(), r.quantity(), BigDecimal::add);
                    case DemoStep.ReceiptReversed r ->
                        come.merge(r.line(), r.quantity().negate(), BigDecimal::add);
                    default -> {
                        // Papers bring no goods.
                    }
                }
                come.forEach((line, quantity) -> assertThat(quantity)
                        .isBetween(BigDecimal.ZERO, order.lines().get(line - 1).quantity()));
            }
        }
    }

    private static List<DemoStep> steps() {
        return DemoOrders.all().stream()
                .flatMap(order -> order.steps().stream())
                .toList();
    }
}
