package dev.millrace.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.erp.demo.DemoOrders;
import dev.millrace.erp.demo.DemoOrders.DemoOrder;
import dev.millrace.erp.demo.DemoStep;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogTimeTest {
    private static final List<DemoOrder> ORDERS = DemoOrders.all();
    private static final LocalDate YESTERDAY = LocalDate.of(2026, 11, 29);
    private static final LogTime TIME = LogTime.endingOn(YESTERDAY, ORDERS);

    @Test
    void the_last_thing_that_happened_happened_yesterday_and_nothing_later() {
        assertThat(ORDERS.stream().flatMap(order -> order.steps().stream()).map(step -> TIME.of(step.at())))
                .contains(YESTERDAY)
                .noneMatch(day -> day.isAfter(YESTERDAY));
    }

    @Test
    void a_copy_of_an_invoice_bears_the_date_of_the_first() {
        int copies = 0;
        for (DemoOrder order : ORDERS) {
            var dates = new HashMap<String, LocalDate>();
            for (DemoStep step : order.steps()) {
                if (step instanceof DemoStep.Invoice invoice) {
                    LocalDate dated = TIME.dated(order, invoice);
                    LocalDate first = dates.putIfAbsent(invoice.digits(), dated);
                    if (first != null) {
                        copies++;
                        assertThat(dated).isEqualTo(first);
                    }
                }
            }
        }
        assertThat(copies).isEqualTo(12);
    }
}
