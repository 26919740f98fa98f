package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.sales.SetCreditHold;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CreditLimitTest {
    private final Shop shop = new Shop();
    private final Step step = new Step(shop.world);

    @Test
    void the_invoice_that_goes_over_the_limit_tells_it_and_those_after_it_do_not() {
        shop.made("WALKIN", Shop.bolts("1000", "800"));
        assertThat(breaches()).isEmpty();

        SalesInvoice over = shop.made("WALKIN", Shop.bolts("1000", "100"));
        shop.made("WALKIN", Shop.bolts("1", "100"));

        assertThat(breaches()).singleElement().satisfies(event -> {
            Shop.assertFits(event);
            assertThat(event.payload().get("credit_exposure").decimalValue()).isEqualByComparingTo("1062000");
            assertThat(event.payload().get("over_limit_by").decimalValue()).isEqualByComparingTo("62000");
            assertThat(event.payload().get("over_limit_percent").decimalValue()).isEqualByComparingTo("6.20");
            assertThat(event.payload().get("trigger_document").asString())
                    .isEqualTo(over.made().orElseThrow().number());
        });
    }

    @Test
    void an_exposure_of_exactly_the_limit_is_within_it() {
        shop.made(
                "WALKIN",
                new NewSalesInvoice.Line(
                        Optional.empty(),
                        Optional.of("BOLT"),
                        Optional.empty(),
                        Optional.empty(),
                        java.math.BigDecimal.ONE,
                        Optional.of(new java.math.BigDecimal("1000000")),
                        java.math.BigDecimal.ZERO,
                        Optional.of(java.math.BigDecimal.ZERO)));

        assertThat(shop.customer("WALKIN").exposure()).isEqualTo("1000000.00");
        assertThat(breaches()).isEmpty();
    }

    private List<NewEvent> breaches() {
        return shop.world.events.published.stream()
                .filter(event -> event.name().equals("customer.credit_limit_breached"))
                .toList();
    }

    @Test
    void a_hold_is_set_and_lifted_once_each() {
        UUID customer = shop.customer("LOCAL").id();

        assertThat(hold(customer, true)).isEqualTo(new SetCreditHold.Output(true, true));
        assertThat(hold(customer, true)).isEqualTo(new SetCreditHold.Output(true, false));
        assertThat(shop.customer("LOCAL").creditHold()).isTrue();
        assertThat(hold(customer, false)).isEqualTo(new SetCreditHold.Output(false, true));
        assertThat(hold(customer, false)).isEqualTo(new SetCreditHold.Output(false, false));
        assertThat(shop.customer("LOCAL").creditHold()).isFalse();
        assertThat(step.told)
                .containsExactly(
                        "journal customer.credit_held not on hold on hold: over the limit",
                        "journal customer.credit_released on hold not on hold: over the limit");
        assertThat(catchThrowableOfType(ActionFailure.class, () -> hold(new UUID(1, 1), true))
                        .code())
                .isEqualTo("not_found");
    }

    private SetCreditHold.Output hold(UUID customer, boolean hold) {
        return shop.world.run(tx -> step.action(SetCreditHold.class)
                .run(tx, step, new SetCreditHold.Config(customer, hold, Optional.of("over the limit"))));
    }
}
