package dev.millrace.server.demo;

import dev.millrace.erp.demo.DemoOrders.DemoOrder;
import dev.millrace.erp.demo.DemoStep;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The log's days as the demo has them: all of them later by the same number of days, so that the last is yesterday. */
record LogTime(long days) {
    static LogTime endingOn(LocalDate yesterday, List<DemoOrder> orders) {
        LocalDate last = orders.stream()
                .flatMap(order -> order.steps().stream())
                .map(step -> day(step.at()))
                .max(LocalDate::compareTo)
                .orElse(yesterday);
        return new LogTime(ChronoUnit.DAYS.between(last, yesterday));
    }

    LocalDate of(Instant at) {
        return day(at).plusDays(days);
    }

    /** A copy of an invoice bears the date of the first. */
    LocalDate dated(DemoOrder order, DemoStep.Invoice invoice) {
        return order.steps().stream()
                .filter(step ->
                        step instanceof DemoStep.Invoice other && other.digits().equals(invoice.digits()))
                .findFirst()
                .map(first -> of(first.at()))
                .orElseGet(() -> of(invoice.at()));
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
