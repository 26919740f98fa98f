package dev.millrace.erp;

import dev.millrace.language.Money;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * Why a sales order was not confirmed, for a step and for people.
 *
 * @param code stable
 * @param words a sentence without its full stop
 */
public record NotConfirmed(String code, String words) {
    /**
     * @param confirming none that confirmed the order
     */
    public static NotConfirmed of(Confirming confirming) {
        return switch (confirming) {
            case Confirming.Confirmed confirmed ->
                throw new IllegalStateException(confirmed.order().number() + " was not refused");
            case Confirming.NotFound notFound ->
                new NotConfirmed(
                        "not_found",
                        "Expected a sales order of this company at sales_order_id but got '" + notFound.id() + "'");
            case Confirming.WrongState wrong ->
                new NotConfirmed(
                        "wrong_state",
                        "Expected " + wrong.order().number() + " to be pending_approval, on_hold or draft but it is "
                                + wrong.order().status().name().toLowerCase(Locale.ROOT));
            case Confirming.OverLimit over -> {
                SalesOrder.Header header = over.order().header();
                yield new NotConfirmed(
                        "credit_limit_exceeded",
                        header.number() + " would take " + header.customerName() + " to "
                                + Money.written(over.exposure(), header.currency()) + ", over the limit of "
                                + Money.written(over.limit(), header.currency())
                                + ": have it approved beyond the limit, or wait for a payment");
            }
            case Confirming.CustomerBlocked blocked ->
                new NotConfirmed(
                        "customer_blocked",
                        blocked.order().header().customerName()
                                + " is on credit hold: have the hold lifted, then confirm "
                                + blocked.order().number());
            case Confirming.Insufficient lacking ->
                new NotConfirmed(
                        "insufficient_stock",
                        "Of " + lacking.level().itemCode() + " only "
                                + lacking.level()
                                        .available()
                                        .max(BigDecimal.ZERO)
                                        .toPlainString()
                                + " are free in " + lacking.level().warehouseName() + ", fewer than "
                                + lacking.order().number() + " needs: receive more first, or change the order");
        };
    }
}
